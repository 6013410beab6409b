import { expect, test } from 'vitest'
import { effectiveVersion } from '../../src/labs/effective-version.ts'

const setting = {
  account: '2022-11-15',
  sdk: 'none',
  header: 'none',
  endpoint: 'none',
  key: '2023-10-16',
  newest: '2026-09-30.endive',
}

const [account, sdk, header, endpoint] = [
  '2022-11-15',
  '2024-06-20',
  '2025-03-31.basil',
  '2019-12-03',
]

/** Every combination of what is set, by hand: one row for the call, one for the event. */
test.for<[set: Partial<typeof setting>, call: string, event: string]>([
  [{}, account, account],
  [{ sdk }, sdk, account],
  [{ header }, header, account],
  [{ sdk, header }, header, account],
  [{ endpoint }, account, endpoint],
  [{ sdk, endpoint }, sdk, endpoint],
  [{ header, endpoint }, header, endpoint],
  [{ sdk, header, endpoint }, header, endpoint],
])('%o: call %s, event %s', ([set, call, event]) => {
  const { outcome } = effectiveVersion.run({ ...setting, ...set })
  expect(outcome).toMatchObject({ call, event })
})

test('neither the key nor the newest version decides anything', () => {
  for (const set of [{}, { sdk }, { header }, { endpoint }]) {
    const one = effectiveVersion.run({ ...setting, ...set }).outcome
    const other = { ...setting, ...set, key: '2011-01-01', newest: '2030-01-01' }
    expect(effectiveVersion.run(other).outcome).toEqual(one)
  }
})

test('misconceptions', () => {
  const said = Object.fromEntries(
    effectiveVersion
      .run({ ...setting, sdk, header })
      .supposed.map(it => [it.misconception, it.result]),
  )
  expect(said).toEqual({
    'key-pins': `call ${header}, event 2023-10-16`,
    'newest-by-default': `call ${header}, event 2026-09-30.endive`,
    'account-decides': `call ${account}, event ${account}`,
    'pin-before-header': `call ${sdk}, event ${account}`,
    'event-follows-call': `call ${header}, event ${header}`,
  })
})
