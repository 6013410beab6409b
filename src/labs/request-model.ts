import type { Random } from '../random.ts'
import { lab, pick } from './lab.ts'
import { one, texts } from './parameters.ts'
import { count, list, num } from './said.ts'

/** A rule as a request model states it, what it accepts, and inputs that tell how it is read. */
interface Rule {
  readonly stated: string
  readonly accepts: (input: string) => boolean
  readonly inputs: readonly string[]
}

const REGISTERED = '0f8fad5b-d9cb-469f-a165-70867728950e'
const TAG = /<[^>]+>/
const length = (input: string) => [...input].length
const fits = (length: number) => length >= 3 && length <= 8

const RULES = {
  'uuid-pattern': {
    stated: '```python\nid: str = Field(pattern=r"^[0-9a-f-]{36}$")\n```',
    accepts: input => /^[0-9a-f-]{36}$/.test(input),
    inputs: [
      REGISTERED,
      REGISTERED.toUpperCase(),
      '-'.repeat(36),
      '0f8fad5bd9cb469fa16570867728950e',
      `${REGISTERED}-`,
      '0f8fad5b-d9cb-469f-a165-70867728950g',
      '0f8f-ad5b-d9cb-469f-a165-7086-772895',
      '00000000-0000-0000-0000-00000000000A',
    ],
  },
  'code-pattern': {
    stated: '```json\n{ "type": "string", "pattern": "[A-Z]{3}-[0-9]{4}" }\n```',
    accepts: input => /[A-Z]{3}-[0-9]{4}/.test(input),
    inputs: [
      'ABC-1234',
      'XABC-12345',
      'abc-1234',
      'see ABC-1234 there',
      'AB-1234',
      'ABC1234',
      'ABC-123',
      'Abc-1234 or so',
      '(QRS-0000)',
    ],
  },
  'no-tags': {
    stated:
      '```python\n@field_validator("note")\ndef no_html(cls, note: str) -> str:\n    if re.search(r"<[^>]+>", note):\n        raise ValueError("no HTML, please")\n    return note\n```',
    accepts: input => !TAG.test(input),
    inputs: [
      'dose < 5 and temp > 38',
      '<img src=x onerror=alert(1)//',
      '<b>after meals</b>',
      'temp > 38',
      'dose < 5',
      'fasting',
      '5 > dose and temp < 38',
      'BP <120/80> at rest',
      '<script src=//evil.example',
    ],
  },
  length: {
    stated: '```json\n{ "type": "string", "minLength": 3, "maxLength": 8 }\n```',
    accepts: input => fits(length(input)),
    inputs: [
      'ab ',
      '  a',
      'abcdefgh',
      'abcdefghi',
      ' abcdefg ',
      'naïveté',
      'Müller-Ö',
      '日本',
      '日本語',
      'ab',
    ],
  },
} as const satisfies Record<string, Rule>

type RuleName = keyof typeof RULES
interface Scenario {
  readonly rule: RuleName
  readonly inputs: readonly string[]
}

/**
 * Holds inputs against one rule of a request model, exactly as it is written. A pattern is searched in the text unless it is
 * anchored, in JSON Schema (§6.3.3) and in Pydantic 2 alike; letters match in their case; lengths count characters, not bytes,
 * and nothing is trimmed. `readings` says how somebody reads a rule who is wrong.
 */
function judge(
  { rule, inputs }: Scenario,
  readings: Partial<Record<RuleName, (input: string) => boolean>> = {},
) {
  const accepts = readings[rule] ?? RULES[rule].accepts
  return inputs.map(input => ({ input, accepted: accepts(input) }))
}

type Verdicts = ReturnType<typeof judge>
const name = (place: number) => String.fromCharCode(65 + place)
const accepted = (verdicts: Verdicts) =>
  verdicts.flatMap((it, place) => (it.accepted ? [name(place)] : []))
const shown = (inputs: readonly string[]) =>
  `\`\`\`\n${inputs.map((input, place) => `${name(place)}  "${input}"`).join('\n')}\n\`\`\``

export const requestModel = lab({
  id: 'request-model',
  title: 'Request model',
  summary:
    'Inputs meet a pattern, a filter or a length of a request model: which of them are accepted.',
  concepts: ['api-security/input-validation', 'api-security/xss'],
  sources: [
    'owasp-input#validating-free-form-unicode-text',
    'pydantic-migration#changes-to-pydanticfield',
    'json-schema-validation#6.3',
  ],
  rule: 'A rule accepts what it says, not what it was meant for: unanchored patterns match anywhere, case counts, and lengths are in characters.',
  parameters: {
    rule: one('the rule that the inputs meet', [
      'uuid-pattern',
      'code-pattern',
      'no-tags',
      'length',
    ]),
    inputs: texts('inputs', {
      most: 8,
      form: { like: /^[^,"]{1,60}$/, says: '1 to 60 characters without comma and quote' },
    }),
  },
  example: {
    rule: 'no-tags',
    inputs: [
      'dose < 5 and temp > 38',
      '<img src=x onerror=alert(1)//',
      '<b>after meals</b>',
      'temp > 38',
    ],
  },
  draw: (random, { rule }) => ({ inputs: some(random, RULES[rule].inputs, pick(random, [4, 5])) }),
  run: it => judge(it),
  misconceptions: {
    'pattern-knows-uuids': {
      belief: 'read a pattern of hexadecimal digits and hyphens as a check for UUIDs',
      because: 'It was written for that, and every lower-case UUID passes.',
      fact: 'It says how many of which characters, not where: 36 hyphens pass, and a UUID in upper case does not. The type `UUID` knows the form.',
      run: it =>
        judge(it, {
          'uuid-pattern': input => /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i.test(input),
        }),
    },
    'case-blind': {
      belief: 'let letters match in either case',
      because: 'Hexadecimal and codes mean the same in both.',
      fact: 'A pattern matches the letters that it names; case counts unless a flag says otherwise.',
      run: it =>
        judge(it, {
          'uuid-pattern': input => /^[0-9a-f-]{36}$/i.test(input),
          'code-pattern': input => /[A-Z]{3}-[0-9]{4}/i.test(input),
        }),
    },
    'whole-text': {
      belief: 'expect a pattern without `^` and `$` to describe the whole text',
      because: 'Some libraries do match from end to end.',
      fact: 'In JSON Schema, and in Pydantic 2, a pattern is searched: it may match anywhere in the text.',
      run: it => judge(it, { 'code-pattern': input => /^[A-Z]{3}-[0-9]{4}$/.test(input) }),
    },
    'finds-html': {
      belief: 'expect the filter to refuse HTML and only that',
      because: 'Its name says so.',
      fact: 'It wants a `<` and a later `>` with something between; that hits honest text, and an unclosed tag passes. Encoding on output is what stops XSS.',
      run: it => judge(it, { 'no-tags': input => !/<\/?[a-z]/i.test(input) }),
    },
    'any-bracket': {
      belief: 'expect the filter to refuse every `<` and `>`',
      because: 'Those are the characters of HTML.',
      fact: 'The pattern needs both of them, in this order, with at least one character between.',
      run: it => judge(it, { 'no-tags': input => !/[<>]/.test(input) }),
    },
    trims: {
      belief: 'leave out spaces at the ends before you count',
      because: 'Forms in a browser often trim.',
      fact: 'Nothing is trimmed unless the model says so; a space is a character.',
      run: it => judge(it, { length: input => fits(length(input.trim())) }),
    },
    'counts-bytes': {
      belief: 'count bytes of UTF-8 instead of characters',
      because: 'Databases and C count that way.',
      fact: '`minLength` and `maxLength` count characters, however many bytes each takes.',
      run: it => judge(it, { length: input => fits(new TextEncoder().encode(input).length) }),
    },
  },
  questions: {
    accepted: {
      kind: 'choice',
      title: 'Which inputs does this request model accept?',
      prompt: it =>
        `A request model says:\n\n${RULES[it.rule].stated}\n\nThese values arrive:\n\n${shown(it.inputs)}\n\nWhich of them are accepted?`,
      answer: verdicts => list(accepted(verdicts)),
      how: verdicts => told(verdicts),
      bare: true,
    },
    refused: {
      kind: 'number',
      title: 'How many inputs does this request model refuse?',
      unit: 'values',
      prompt: it =>
        `A test sends ${count(it.inputs.length, 'value')} to a field whose rule is:\n\n${RULES[it.rule].stated}\n\n${shown(it.inputs)}\n\nHow many of them are refused?`,
      answer: verdicts => verdicts.length - accepted(verdicts).length,
      how: verdicts => told(verdicts),
      bare: true,
    },
  },
  result: verdicts =>
    `${num(accepted(verdicts).length)} of ${num(verdicts.length)} accepted: ${list(accepted(verdicts))}`,
  trace: verdicts => ({
    columns: ['', 'input', 'length', 'verdict'],
    rows: verdicts.map(({ input, accepted }, place) => [
      name(place),
      input,
      num(length(input)),
      accepted ? 'accepted' : 'refused',
    ]),
  }),
  picture: verdicts =>
    verdicts.map(({ input, accepted }) => `${accepted ? '-->' : ' x '}  "${input}"`).join('\n'),
})

function told(verdicts: Verdicts): string {
  const refused = verdicts.flatMap((it, place) => (it.accepted ? [] : [name(place)]))
  return `Accepted: ${list(accepted(verdicts))}. Refused: ${list(refused)}. Read the rule character by character, not by its purpose.`
}

function some(random: Random, from: readonly string[], many: number): string[] {
  const left = [...from]
  return Array.from({ length: many }, () => left.splice(Math.floor(random() * left.length), 1)[0]!)
}
