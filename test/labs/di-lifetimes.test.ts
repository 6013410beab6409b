import { expect, test } from 'vitest'
import { diLifetimes } from '../../src/labs/di-lifetimes.ts'

const told = (typed: string, misconception?: string) => {
  const [service, repository] = typed.split(' > ')
  const { result, supposed } = diLifetimes.run({
    service: service!,
    repository: repository!,
    requests: 3,
    resolves: 2,
  })
  return supposed.find(it => it.misconception === misconception)?.result ?? result
}

/** Three requests, each resolves the service twice and the repository once. Counted by hand. */
test.for<[typed: string, misconception: string | undefined, expected: string]>([
  ['singleton > singleton', undefined, '1 service, 1 repository, 2 of'],
  // Captive: one in the root for the singleton, and one in each of the three scopes.
  ['singleton > scoped', undefined, '1 service, 4 repositories, 1 of'],
  ['singleton > transient', undefined, '1 service, 4 repositories, 1 of'],
  ['scoped > singleton', undefined, '3 services, 1 repository, 1 of'],
  ['scoped > scoped', undefined, '3 services, 3 repositories, 0 of'],
  ['scoped > transient', undefined, '3 services, 6 repositories, 0 of'],
  ['transient > singleton', undefined, '6 services, 1 repository, 1 of'],
  ['transient > scoped', undefined, '6 services, 3 repositories, 0 of'],
  ['transient > transient', undefined, '6 services, 9 repositories, 0 of'],
  ['scoped > scoped', 'scoped-is-transient', '6 services, 9 repositories, 0 of'],
  ['singleton > scoped', 'outer-decides', '1 service, 1 repository, 2 of'],
  ['singleton > scoped', 'inner-decides', '3 services, 3 repositories, 0 of'],
  ['transient > transient', 'transient-is-scoped', '3 services, 3 repositories, 0 of'],
])('%s (%s): %s', ([typed, misconception, expected]) => {
  expect(told(typed, misconception).startsWith(expected)).toBe(true)
})
