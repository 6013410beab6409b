import { expect, test } from 'vitest'
import { requestModel } from '../../src/labs/request-model.ts'

const judged = (rule: string, input: string) => {
  const { outcome, supposed } = requestModel.run({ rule, inputs: [input] } as never)
  return {
    right: (outcome as { accepted: boolean }[])[0]!.accepted,
    wrong: supposed.filter(it => /^1 of/.test(it.result)).map(it => it.misconception),
  }
}

/** The findings on the pattern and the filter were made by running them in Python and Pydantic 2; lengths by counting. */
test.for<[rule: string, input: string, accepted: boolean]>([
  ['uuid-pattern', '0f8fad5b-d9cb-469f-a165-70867728950e', true],
  ['uuid-pattern', '0F8FAD5B-D9CB-469F-A165-70867728950E', false],
  ['uuid-pattern', '------------------------------------', true],
  ['uuid-pattern', '0f8fad5bd9cb469fa16570867728950e', false],
  ['no-tags', 'dose < 5 and temp > 38', false],
  ['no-tags', '<img src=x onerror=alert(1)//', true],
  ['no-tags', '<b>after meals</b>', false],
  ['no-tags', '5 > dose and temp < 38', true],
  ['code-pattern', 'ABC-1234', true],
  ['code-pattern', 'see ABC-1234 there', true],
  ['code-pattern', 'abc-1234', false],
  ['length', 'ab ', true],
  ['length', 'abcdefghi', false],
  ['length', '日本', false],
  ['length', 'naïveté', true],
])('%s of "%s": %s', ([rule, input, accepted]) => {
  expect(judged(rule, input).right).toBe(accepted)
})

test.for<[misconception: string, rule: string, input: string, accepted: boolean]>([
  ['pattern-knows-uuids', 'uuid-pattern', '------------------------------------', false],
  ['pattern-knows-uuids', 'uuid-pattern', '0F8FAD5B-D9CB-469F-A165-70867728950E', true],
  ['whole-text', 'code-pattern', 'see ABC-1234 there', false],
  ['finds-html', 'no-tags', 'dose < 5 and temp > 38', true],
  ['finds-html', 'no-tags', '<img src=x onerror=alert(1)//', false],
  ['any-bracket', 'no-tags', 'temp > 38', false],
  ['trims', 'length', 'ab ', false],
  ['counts-bytes', 'length', '日本', true],
])('%s: %s of "%s" is %s', ([misconception, rule, input, accepted]) => {
  expect(judged(rule, input).wrong.includes(misconception)).toBe(accepted)
})
