import { expect, test } from 'vitest'
import { minimumNecessary } from '../../src/labs/minimum-necessary.ts'

const fields = [
  'id',
  'starts_at',
  'provider',
  'room',
  'patient_name',
  'phone',
  'birth_date',
  'record_number',
  'photo',
  'payer',
  'member_number',
  'service_codes',
  'reason',
  'diagnosis',
  'visit_notes',
]
const run = (audience: string, of = fields) => minimumNecessary.run({ fields: of, audience })

/** The list of 45 CFR 164.514(b)(2)(i), as far as these fields go, written down by hand. */
const SAFE_HARBOR = {
  A: ['patient_name'],
  C: ['starts_at', 'birth_date'],
  D: ['phone'],
  H: ['record_number'],
  I: ['member_number'],
  Q: ['photo'],
  R: ['id'],
}

test('identifiers are those of the list', () => {
  const { identifiers } = run('registry').outcome as { identifiers: string[] }
  expect(identifiers.toSorted()).toEqual(Object.values(SAFE_HARBOR).flat().toSorted())
})

test.for<[audience: string, sent: string]>([
  ['reception', 'id, starts_at, provider, room, patient_name, phone'],
  ['insurer', 'id, starts_at, provider, room, payer, member_number, service_codes'],
  ['hospital', fields.join(', ')],
  ['patient', fields.join(', ')],
  ['registry', 'provider, room, payer, service_codes, reason, diagnosis, visit_notes'],
])('%s gets %s', ([audience, sent]) => {
  expect((run(audience).outcome as { sent: string[] }).sent.join(', ')).toBe(sent)
})

/** E-192: id, date and provider are no harmless summary. */
const SUMMARY = ['id', 'starts_at', 'provider']
test('an id, a date and a provider hold two identifiers', () => {
  expect(run('registry', SUMMARY).result).toBe('sent: provider; 2 identifiers: id, starts_at')
})

test.for<[misconception: string, audience: string, result: string]>([
  ['ids-and-dates-are-harmless', 'registry', 'sent: id, starts_at, provider; 0 identifiers: none'],
  ['doctor-is-an-identifier', 'registry', 'sent: none; 3 identifiers: id, starts_at, provider'],
  ['phi-for-clinicians-only', 'hospital', 'sent: provider; 2 identifiers: id, starts_at'],
])('%s says for %s: %s', ([misconception, audience, result]) => {
  const { supposed } = run(audience, SUMMARY)
  expect(supposed.find(it => it.misconception === misconception)?.result).toBe(result)
})
