import fc from 'fast-check'
import { expect, test } from 'vitest'
import { serviceCalls } from '../../src/labs/service-calls.ts'

const told = (units: string, calls: string, misconception?: string) => {
  const { result, supposed } = serviceCalls.run({
    units: units.split(' '),
    calls: calls.split(' '),
    hop: 5,
  })
  return supposed.find(it => it.misconception === misconception)?.result ?? result
}

const CALLS = 'web>orders orders>stock orders>stock orders>payment payment>mail'

/** A network call adds 5 ms. Counted by hand. */
test.for<[units: string, misconception: string | undefined, expected: string]>([
  ['web+orders+stock+payment+mail', undefined, '0 network calls, 0 ms; 1 deployable needed'],
  ['web+orders stock payment+mail', undefined, '3 network calls, 15 ms; 3 deployables needed'],
  ['web orders stock payment mail', undefined, '5 network calls, 25 ms; 5 deployables needed'],
  [
    'web+orders stock payment+mail',
    'each-module-a-service',
    '5 network calls, 25 ms; 5 deployables needed',
  ],
  [
    'web+orders stock payment+mail',
    'each-pair-once',
    '2 network calls, 10 ms; 3 deployables needed',
  ],
  [
    'web+orders stock payment+mail',
    'there-and-back-twice',
    '6 network calls, 30 ms; 3 deployables needed',
  ],
])('%s (%s): %s', ([units, misconception, expected]) => {
  expect(told(units, CALLS, misconception)).toBe(expected)
})

/** The first of a result's numbers: network calls. */
const hops = (units: string, calls: string) => Number.parseInt(told(units, calls), 10)

test('joining two deployables never adds a network call', () => {
  const module = fc.constantFrom('web', 'orders', 'stock', 'payment')
  const call = fc.tuple(module, module).map(it => it.join('>'))
  fc.assert(
    fc.property(fc.array(call, { minLength: 1, maxLength: 12 }), all => {
      const calls = all.join(' ')
      const apart = hops('web orders stock payment', calls)
      const joined = hops('web orders+stock payment', calls)
      expect(joined).toBeLessThanOrEqual(apart)
      expect(apart - joined).toBe(
        all.filter(it => it === 'orders>stock' || it === 'stock>orders').length,
      )
    }),
  )
})
