import { lab, pick } from './lab.ts'
import { one, texts } from './parameters.ts'
import { count, num } from './said.ts'

const VARY = [
  'nothing',
  'Accept-Language',
  'Accept-Encoding',
  'Accept-Language, Accept-Encoding',
  'User-Agent',
  '*',
] as const

interface Request {
  readonly language: string
  readonly encoding: string
  readonly agent: string
}

interface Step {
  readonly request: Request
  /** The number of the request whose response answers this one; its own if it goes to the origin. */
  readonly from: number
}

interface Scenario {
  readonly vary: (typeof VARY)[number]
  readonly languages: readonly string[]
  readonly encodings: readonly string[]
  readonly agents: readonly string[]
}

const requestsOf = ({ languages, encodings, agents }: Scenario): Request[] =>
  languages.map((language, i) => ({ language, encoding: encodings[i]!, agent: agents[i]! }))

const FIELDS = {
  'Accept-Language': it => it.language,
  'Accept-Encoding': it => it.encoding,
  'User-Agent': it => it.agent,
} satisfies Record<string, (it: Request) => string>

/** Whether a response to `stored` may answer `request`: all fields that `Vary` names match, and `*` never does (RFC 9111 §4.1). */
function matches(vary: string, stored: Request, request: Request): boolean {
  if (vary === 'nothing') return true
  return vary
    .split(', ')
    .every(
      field =>
        field in FIELDS &&
        FIELDS[field as keyof typeof FIELDS](stored) ===
          FIELDS[field as keyof typeof FIELDS](request),
    )
}

/**
 * GETs for one URL, one after the other, through a shared cache that is empty at first; all responses stay fresh, and each
 * says the same `Vary`. A request that no stored response matches goes to the origin, and its response is stored beside the others.
 * The options say what a wrong rule changes: which responses match, and how many are kept.
 */
function replay(
  it: Scenario,
  {
    same = (stored, request) => matches(it.vary, stored, request),
    kept = Number.POSITIVE_INFINITY,
  }: {
    readonly same?: (stored: Request, request: Request) => boolean
    readonly kept?: number
  } = {},
): Step[] {
  const requests = requestsOf(it)
  let stored: number[] = []
  return requests.map((request, index) => {
    const from = stored.find(other => same(requests[other]!, request))
    if (from === undefined) stored = [...stored, index].slice(-kept)
    return { request, from: from ?? index }
  })
}

const verdicts = (steps: readonly Step[]) =>
  steps.map(({ from }, index) => (from === index ? 'M' : 'h')).join('')
const misses = (steps: readonly Step[]) => steps.filter((it, index) => it.from === index).length
const first = (language: string) => language.split(/[;+]/)[0]!

function told(it: Scenario): string {
  const rows = requestsOf(it).map(
    ({ language, encoding, agent }, i) =>
      `${i + 1}  ${language.replace('+', ', ').padEnd(17)}${encoding.padEnd(17)}${agent}`,
  )
  return (
    `A CDN node with an empty cache gets these GETs for \`/offers\`, one after the other. It compares field values letter by letter. All responses are fresh for an hour and carry ${it.vary === 'nothing' ? 'no `Vary`' : `\`Vary: ${it.vary}\``}.\n\n` +
    `\`\`\`text\n#  Accept-Language  Accept-Encoding  User-Agent\n${rows.join('\n')}\n\`\`\``
  )
}

export const varyKey = lab({
  id: 'vary-key',
  title: 'Vary and the cache key',
  summary:
    'Requests that differ in their headers meet a cache: which of them share a stored response.',
  concepts: ['caching/vary', 'caching/cache-key'],
  sources: ['rfc9111#4.1', 'rfc9110#12.5.5'],
  rule: 'A stored response may be reused if the URL matches and every request field that its `Vary` names has the same value; `Vary: *` never matches, and other fields do not count.',
  parameters: {
    vary: one('what Vary says in each response', VARY, [
      'Accept-Language',
      'Accept-Encoding',
      'Accept-Language, Accept-Encoding',
      'Accept-Language, Accept-Encoding',
      'User-Agent',
      '*',
    ]),
    languages: texts('the Accept-Language of each request; + stands for a comma', {
      most: 10,
      form: { like: /^[\w.;=+-]{1,14}$/, says: 'a language like en or en+de' },
    }),
    encodings: texts('the Accept-Encoding of each request', {
      most: 10,
      form: { like: /^[\w-]{1,14}$/, says: 'an encoding like gzip' },
    }),
    agents: texts('the User-Agent of each request', {
      most: 10,
      form: { like: /^[\w./-]{1,14}$/, says: 'a name like fox/9' },
    }),
  },
  example: {
    vary: 'Accept-Language, Accept-Encoding',
    languages: ['en', 'de', 'en', 'en+de', 'de', 'en'],
    encodings: ['gzip', 'gzip', 'br', 'gzip', 'gzip', 'gzip'],
    agents: ['fox/9', 'fox/9', 'app/2', 'app/2', 'app/2', 'fox/9'],
  },
  check: ({ languages, encodings, agents }) =>
    encodings.length < languages.length || agents.length < languages.length
      ? 'each request needs a language, an encoding and an agent: three lists of the same length'
      : undefined,
  draw(random) {
    const some = (from: readonly string[]) => Array.from({ length: 6 }, () => pick(random, from))
    return {
      languages: some(['en', 'en', 'de', 'en+de']),
      encodings: some(['gzip', 'br']),
      agents: some(['fox/9', 'app/2', 'app/2']),
    }
  },
  run: it => replay(it),
  misconceptions: {
    'url-only': {
      belief: 'look the response up by its URL alone',
      because: 'The key of a cache is thought to be the URL.',
      fact: 'The fields that `Vary` names have to match as well, and `*` matches nothing.',
      run: it => replay(it, { same: () => true }),
    },
    'all-fields': {
      belief: 'compare all request headers, whatever `Vary` names',
      because: 'Two requests that differ seem to need two answers.',
      fact: 'Only the fields that `Vary` names count; under `*` not even an identical request matches.',
      run: it =>
        replay(it, {
          same: (a, b) =>
            a.language === b.language && a.encoding === b.encoding && a.agent === b.agent,
        }),
    },
    'one-slot': {
      belief: 'keep one response for the URL, so that a new variant replaces the old one',
      because: 'A key is thought to have one value.',
      fact: 'Variants are stored side by side, each with the request fields that it was chosen by.',
      run: it => replay(it, { kept: 1 }),
    },
    'any-field': {
      belief: 'take one matching field of those that `Vary` names as enough',
      because: 'The list is read as “or”.',
      fact: 'All fields of the list have to match.',
      run: it =>
        replay(it, {
          same: (a, b) => it.vary.split(', ').some(field => matches(field, a, b)),
        }),
    },
    'by-meaning': {
      belief: 'share a response among requests that prefer the same language',
      because: 'The origin would choose the same language for them.',
      fact: 'This cache compares the values of the fields: `en` and `en, de` are two.',
      run: it =>
        replay(it, {
          same: (a, b) =>
            matches(
              it.vary,
              { ...a, language: first(a.language) },
              { ...b, language: first(b.language) },
            ),
        }),
    },
  },
  questions: {
    origin: {
      kind: 'number',
      title: 'How many requests reach the origin under a Vary header?',
      unit: 'requests',
      prompt: it => `${told(it)}\n\nHow many of these requests go on to the origin?`,
      answer: misses,
      how: (steps, { vary }) =>
        vary === '*'
          ? `Under \`Vary: *\` no stored response matches: all ${num(steps.length)} go to the origin.`
          : `Each new combination of ${vary === 'nothing' ? 'nothing but the URL' : `\`${vary}\``} is a miss: ${count(misses(steps), 'request')}.`,
    },
    hits: {
      kind: 'choice',
      title: 'Which requests hit under a Vary header?',
      prompt: it =>
        `${told(it)}\n\nWhich of these requests hit the cache (\`h\`), and which miss (\`M\`), in order?`,
      answer: steps => `\`${verdicts(steps)}\``,
      how: (steps, { vary }) =>
        vary === '*'
          ? 'Under `Vary: *` no stored response matches, not even for an identical request.'
          : `A request hits if one before it had the same ${vary === 'nothing' ? 'URL' : `\`${vary}\``}: ${verdicts(steps)}.`,
    },
  },
  result: steps => `${count(misses(steps), 'request')} to the origin: ${verdicts(steps)}`,
  trace: steps => ({
    columns: ['#', 'language', 'encoding', 'agent', 'answered'],
    rows: steps.map(({ request, from }, index) => [
      String(index + 1),
      request.language.replace('+', ', '),
      request.encoding,
      request.agent,
      from === index ? 'by the origin' : `like ${from + 1}`,
    ]),
  }),
  picture: steps => {
    const groups = [...new Set(steps.map(it => it.from))].toSorted((a, b) => a - b)
    return groups
      .map(
        group =>
          `response to request ${group + 1} answers ${steps.flatMap((it, i) => (it.from === group ? [i + 1] : [])).join(', ')}`,
      )
      .join('\n')
  },
})
