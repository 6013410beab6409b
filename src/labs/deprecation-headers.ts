import { httpDate, type Instant, readHttpDate, weekday } from './http-date.ts'
import { lab, pick } from './lab.ts'
import { text } from './parameters.ts'
import { count, num, rounded } from './said.ts'
import { parsedItem } from './structured.ts'

interface Outcome {
  readonly deprecation: Instant
  readonly sunset: Instant
  /** What stands in `Deprecation` when the instant that was meant is written properly; `none` when no instant was meant. */
  readonly proper: string
  readonly verdict: string
}

interface Headers {
  readonly deprecation: string
  readonly sunset: string
}

const DAY = 86_400

/** The date of an item of Structured Fields, `@` and seconds since 1970 (RFC 9745 §2.1, RFC 9651 §3.3.7). */
function structuredDate(value: string): Instant {
  const item = parsedItem(value)
  if (item === undefined) return { fault: 'not a structured field' }
  const bare = item.value
  return typeof bare === 'object' && 'date' in bare
    ? { at: bare.date }
    : { fault: 'an item, but not a date' }
}

/** The same, and what drafts had: `true`, which says no instant, or the bare number. */
function flagged(value: string): Instant {
  const bare = parsedItem(value)?.value
  if (typeof bare === 'number') return { at: bare }
  return typeof bare === 'object' && 'token' in bare ? {} : structuredDate(value)
}

/** Any date that somebody may have meant, whatever its form. */
function meant(value: string): number | undefined {
  const [, seconds] = /^@?(\d{9,13})$/.exec(value) ?? []
  if (seconds !== undefined) return Number(seconds) / (seconds.length > 11 ? 1000 : 1)
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)(?:T00:00:00Z)?$/.exec(value) ?? []
  if (day !== undefined) return Date.UTC(Number(year), Number(month) - 1, Number(day)) / 1000
  return readHttpDate(value.replace(/UTC$/, 'GMT'), { anyWeekday: true }).at
}

const plain = (at: number) => httpDate(at).slice(5, 16)

/**
 * Reads both headers as a strict checker does. Deprecation is an item of Structured Fields that is a Date, Sunset an
 * IMF-fixdate whose weekday is right, and Sunset is not earlier than Deprecation (RFC 9745 §4).
 * The arguments say what a wrong rule changes.
 */
function read(
  { deprecation, sunset }: Headers,
  {
    readDeprecation = structuredDate,
    readSunset = value => readHttpDate(value),
    ordered = true,
    write = (at: number) => `@${rounded(at)}`,
  }: {
    readonly readDeprecation?: (value: string) => Instant
    readonly readSunset?: (value: string) => Instant
    readonly ordered?: boolean
    readonly write?: (at: number) => string
  } = {},
): Outcome {
  const [first, last] = [readDeprecation(deprecation), readSunset(sunset)]
  const at = meant(deprecation)
  // A date that is merely flagged has no instant to compare.
  const early = first.at !== undefined && last.at !== undefined && last.at < first.at
  const verdict =
    first.fault !== undefined
      ? last.fault !== undefined
        ? 'both are malformed'
        : 'only Deprecation is malformed'
      : last.fault !== undefined
        ? 'only Sunset is malformed'
        : ordered && early
          ? 'well formed, wrong order'
          : 'well formed, right order'
  return {
    deprecation: first,
    sunset: last,
    proper: at === undefined ? 'none' : write(at),
    verdict,
  }
}

/** What somebody needs who works dates out by hand: the first of the month of a date, as seconds and as a weekday. */
function anchors({ deprecation, sunset }: Headers): string {
  const starts = [meant(deprecation), meant(sunset)].flatMap(at => {
    if (at === undefined) return []
    const date = new Date(at * 1000)
    return [Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 1000]
  })
  const known = [...new Set(starts)].map(at => `${plain(at)} (${weekday(at)}) begins at ${at}`)
  return known.length === 0 ? '' : ` In seconds since 1970, UTC: ${known.join(', ')}.`
}

export const deprecationHeaders = lab({
  id: 'deprecation-headers',
  title: 'Deprecation and Sunset headers',
  summary: 'Two header lines announce the end of an API: which of them a strict checker can read.',
  concepts: ['versioning/deprecation-header', 'versioning/sunset-header'],
  sources: ['rfc9745#2.1', 'rfc9745#4', 'rfc8594#3', 'rfc9110#5.6.7', 'rfc9651#3.3.7'],
  rule: '`Deprecation` is a structured Date, `@` and seconds since 1970; `Sunset` is an HTTP-date with the right weekday and `GMT`; Sunset is not the earlier one.',
  parameters: {
    deprecation: text('the value of Deprecation', { most: 60 }),
    sunset: text('the value of Sunset', { most: 60 }),
  },
  example: {
    deprecation: 'Sun, 11 Jan 2026 00:00:00 GMT',
    sunset: 'Thu, 31 Dec 2026 23:59:59 GMT',
  },
  draw(random) {
    const month = Date.UTC(2026, pick(random, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]), 1) / 1000
    const from = month + pick(random, [0, 1, 2, 4, 9, 10, 14, 19]) * DAY
    const fault = pick(random, FAULTS)
    const far = pick(random, [0, 7, 10, 30, 60, 90, 180])
    const until = from + (fault === 'early' ? -1 - (far % 40) : far) * DAY
    const right = httpDate(until)
    const wrong = weekday(until + pick(random, [1, 2, 6]) * DAY)
    const day = new Date(from * 1000).toISOString().slice(0, 10)
    const deprecations: Partial<Record<Fault, string>> = {
      flag: 'true',
      sameForm: httpDate(from),
      iso: day,
      milliseconds: `@${from}000`,
      bare: String(from),
    }
    const sunsets: Partial<Record<Fault, string>> = {
      weekday: right.replace(/^\w+/, wrong),
      structured: `@${until}`,
      zone: right.replace('GMT', 'UTC'),
      swapped: right.replace('GMT', 'UTC'),
    }
    return {
      deprecation: fault === 'swapped' ? httpDate(from) : (deprecations[fault] ?? `@${from}`),
      sunset: sunsets[fault] ?? right,
    }
  },
  run: it => read(it),
  misconceptions: {
    'http-date': {
      belief: 'expect an HTTP-date in `Deprecation`, as in `Sunset`',
      because:
        'Drafts allowed it, some large APIs still send it, and the field next to it has that form.',
      fact: 'RFC 9745 made it a structured Date: `@` and seconds.',
      run: it => read(it, { readDeprecation: value => readHttpDate(value), write: httpDate }),
    },
    'draft-flag': {
      belief: 'take `true` or a bare number for a structured Date',
      because: '`Deprecation: true` was the form of the first drafts and stands in many guides.',
      fact: 'Only a value that begins with `@` is a Date; `true` is a token and 1767225600 an integer.',
      run: it => read(it, { readDeprecation: flagged, write: at => String(rounded(at)) }),
    },
    'no-order': {
      belief: 'look at each field alone and not at which of the two comes first',
      because: 'Each line is fine in itself.',
      fact: 'RFC 9745 forbids a Sunset that is earlier than the Deprecation.',
      run: it => read(it, { ordered: false }),
    },
    milliseconds: {
      belief: 'count the date after `@` in milliseconds',
      because: 'Timestamps of JavaScript and Java count milliseconds.',
      fact: 'It counts seconds; the same digits as milliseconds lie in January 1970, and three zeros more lie far in the future.',
      run: it =>
        read(it, {
          readDeprecation: value => {
            const { at, fault } = structuredDate(value)
            return at === undefined ? { fault: fault! } : { at: at / 1000 }
          },
          write: at => `@${rounded(at) * 1000}`,
        }),
    },
    'same-form': {
      belief: 'expect `Sunset` in the structured form as well',
      because: 'Two fields about one story ought to look alike.',
      fact: '`Sunset` is older (RFC 8594, 2019) and kept the HTTP-date.',
      run: it => read(it, { readSunset: structuredDate }),
    },
    lenient: {
      belief: 'take any text for a date as long as a person can read one in it',
      because:
        'Most libraries guess, and even RFCs print a wrong weekday (RFC 8594) or `UTC` (RFC 9745) in an example.',
      fact: 'Each field has one form: `@` and seconds in the one, in the other the right weekday, two digits for the day, and `GMT`.',
      run: it => {
        const any = (value: string): Instant => {
          const at = meant(value)
          return at === undefined ? { fault: 'no date at all' } : { at }
        }
        return read(it, { readDeprecation: any, readSunset: any })
      },
    },
  },
  questions: {
    verdict: {
      kind: 'choice',
      title: 'Are these Deprecation and Sunset headers valid?',
      prompt: values =>
        `A response carries\n\n\`\`\`http\nHTTP/1.1 200 OK\nDeprecation: ${values.deprecation}\nSunset: ${values.sunset}\n\`\`\`\n\n` +
        `A linter checks both fields against their RFCs, weekdays included, and then their order.${anchors(values)}\n\nWhat does it report?`,
      answer: it => it.verdict,
      how: ({ deprecation, sunset, verdict }) =>
        `\`Deprecation\`: ${told(deprecation)}. \`Sunset\`: ${told(sunset)}. So: ${verdict}.`,
    },
    value: {
      // Chosen, not typed: signs do not count in a typed answer, and the `@` is what matters.
      kind: 'choice',
      title: 'Which value does Deprecation need for this date?',
      bare: true,
      prompt: ({ deprecation }) => {
        const at = meant(deprecation) ?? 0
        const date = new Date(at * 1000)
        const start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 1000
        const anchor = start === at ? start - DAY : start
        return (
          `An API is deprecated as of ${weekday(at)}, ${plain(at)}, 00:00:00 UTC. ` +
          `In seconds since 1970, ${plain(anchor)}, 00:00:00 UTC, is ${anchor}.\n\n` +
          '```http\nHTTP/1.1 200 OK\nDeprecation: ?\n```\n\nWhich value belongs there, according to RFC 9745?'
        )
      },
      answer: it => `\`${it.proper}\``,
      how: ({ proper }) =>
        `A day has 86,400 s; add or take off the whole days to get the seconds since 1970, and put an \`@\` in front: \`${proper}\`.`,
    },
  },
  result: it => it.verdict,
  trace: ({ deprecation, sunset, verdict }) => ({
    columns: ['check', 'finds'],
    rows: [
      ['Deprecation', told(deprecation)],
      ['Sunset', told(sunset)],
      [
        'order',
        deprecation.at !== undefined && sunset.at !== undefined
          ? `${count(rounded((sunset.at - deprecation.at) / DAY, 2), 'day')} between them`
          : 'nothing to compare',
      ],
      ['verdict', verdict],
    ],
  }),
  picture: ({ deprecation, sunset }, values) => {
    const row = (name: string, value: string, it: Instant) =>
      `${`${name}: ${value}`.slice(0, 74)}\n  ${it.fault === undefined ? '+-' : 'x-'} ${told(it)}`
    return [
      row('Deprecation', values.deprecation, deprecation),
      row('Sunset', values.sunset, sunset),
    ].join('\n')
  },
})

const FAULTS = [
  'nothing',
  'early',
  'flag',
  'sameForm',
  'iso',
  'milliseconds',
  'bare',
  'weekday',
  'structured',
  'zone',
  'swapped',
] as const
type Fault = (typeof FAULTS)[number]

function told({ at, fault }: Instant): string {
  if (fault !== undefined) return fault
  if (at === undefined) return 'a mark without a date'
  const year = new Date(at * 1000).getUTCFullYear()
  return year > 9999 ? `in the year ${num(year)}` : httpDate(rounded(at))
}
