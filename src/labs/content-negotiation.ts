import { lab, pick } from './lab.ts'
import { text, texts } from './parameters.ts'
import { bars } from './picture.ts'
import { count, list, num } from './said.ts'

/** A media range of an Accept field: `text/*;q=0.5`. */
interface Range {
  readonly range: string
  readonly quality: number
}

/** What the server can send, and how much the client wants it. */
interface Offer {
  readonly type: string
  readonly quality: number
  readonly acceptable: boolean
  /** The range that decided, if one matches. */
  readonly by?: string
}

interface Choice {
  readonly offers: readonly Offer[]
  /** What is sent; undefined is a 406. */
  readonly chosen?: string
}

interface Scene {
  readonly accept: string
  readonly offers: readonly string[]
}

/** The ranges of an Accept field; a range without `q` has quality 1 (RFC 9110 §12.4.2). */
function ranges(accept: string): Range[] {
  return accept.split(',').map(it => {
    const [type, ...parameters] = it.trim().split(/\s*;\s*/)
    const weight = parameters.find(own => own.startsWith('q='))
    return {
      range: [type, ...parameters.filter(own => own !== weight)].join(';'),
      quality: weight === undefined ? 1 : Number(weight.slice(2)),
    }
  })
}

/** How closely a range describes a type: 0 not at all, 1 any type, 2 a whole family, 3 `text/html`, 4 with parameters. */
function closeness(range: string, type: string): number {
  const [own, ...parameters] = range.split(';')
  const [bare, ...others] = type.split(';')
  if (own === '*/*') return 1
  if (own === `${bare!.split('/')[0]}/*`) return 2
  if (own !== bare || parameters.some(it => !others.includes(it))) return 0
  return parameters.length === 0 ? 3 : 4
}

/**
 * Proactive negotiation by media type (RFC 9110 §12.5.1): each type gets the quality of the *most specific* range that matches it, 0 if
 * none does; the highest quality wins, and of equals the one that the server likes best. Quality 0 means not acceptable.
 * RFC 9110 lets a server ignore Accept in place of a 406; this one does not.
 */
function negotiated(
  { accept, offers }: Scene,
  {
    deciding = (matching, type) =>
      matching.toSorted((a, b) => closeness(b.range, type) - closeness(a.range, type))[0],
    zero = 'refused',
    best = all => all.toSorted((a, b) => b.quality - a.quality)[0],
  }: {
    /** Which of the ranges that match a type decides. */
    readonly deciding?: (matching: readonly Range[], type: string) => Range | undefined
    readonly zero?: 'refused' | 'last'
    readonly best?: (acceptable: readonly Offer[], all: readonly Range[]) => Offer | undefined
  } = {},
): Choice {
  const all = ranges(accept)
  const rated = offers.map((type): Offer => {
    const range = deciding(
      all.filter(it => closeness(it.range, type) > 0),
      type,
    )
    if (range === undefined) return { type, quality: 0, acceptable: false }
    const acceptable = range.quality > 0 || zero === 'last'
    return { type, quality: range.quality, acceptable, by: range.range }
  })
  const chosen = best(
    rated.filter(it => it.acceptable),
    all,
  )
  return { offers: rated, ...(chosen !== undefined && { chosen: chosen.type }) }
}

const acceptable = (it: Choice) => it.offers.filter(offer => offer.acceptable).length
const sent = (it: Choice) => (it.chosen === undefined ? '406' : `200, ${it.chosen}`)

const scene = ({ accept, offers }: Scene) =>
  `\`\`\`http\nGET /reports/2026 HTTP/1.1\nAccept: ${accept}\n\`\`\`\n\n` +
  `The server can send this report as ${list(offers.map(it => `\`${it}\``))}; it likes the first of them best and the last one least. It negotiates as RFC 9110 describes, its own liking decides between equal qualities only, and it answers 406 if nothing is acceptable.`

export const contentNegotiation = lab({
  id: 'content-negotiation',
  title: 'Accept and quality',
  summary:
    'A client says what it would like with q values: which representation it gets, or a 406.',
  concepts: ['rest/content-negotiation', 'status-codes/406'],
  sources: ['rfc9110#12.5.1', 'rfc9110#12.4.2', 'rfc9110#15.5.7'],
  rule: 'For each type the most specific range that matches gives the quality, 1 if it has no `q`; `q=0` and no match mean not acceptable, and the highest quality wins.',
  parameters: {
    accept: text('the Accept field', {
      most: 150,
      form: {
        like: /^[a-z*]+\/[a-z*]+(;[a-z]+=[a-z0-9.]+)*(, ?[a-z*]+\/[a-z*]+(;[a-z]+=[a-z0-9.]+)*)*$/,
        says: 'a list like text/html, */*;q=0.5',
      },
    }),
    offers: texts('types that the server can send, the one it likes best first', {
      form: { like: /^[a-z]+\/[a-z]+(;[a-z]+=[a-z0-9]+)*$/, says: 'a media type like text/html' },
      most: 6,
    }),
  },
  example: {
    accept: '*/*;q=0.5, text/*;q=0.8, text/html;q=0.3',
    offers: ['text/html', 'application/json', 'text/csv'],
  },
  check: ({ accept, offers }) =>
    ranges(accept).some(it => !(it.quality >= 0 && it.quality <= 1))
      ? 'accept has qualities from 0 to 1'
      : new Set(offers).size < offers.length
        ? 'offers names each type once'
        : undefined,
  // One or two exact types, one for a family and often one for any type; the type that the server likes best is mostly among them.
  draw(random) {
    const types = ['application/json', 'text/html', 'text/csv', 'application/xml', 'text/plain']
    const offers: string[] = []
    const size = pick(random, [3, 3, 4])
    while (offers.length < size) {
      const next = pick(random, types)
      if (!offers.includes(next)) offers.push(next)
    }
    const weights = ['', ';q=0.9', ';q=0.8', ';q=0.5', ';q=0.3', ';q=0.2', ';q=0']
    const weight = () => weights.splice(Math.floor(random() * weights.length), 1)[0]!
    // Sometimes nothing is left: two types are turned down, one of them against its family.
    const relative = offers.slice(1).find(it => it.split('/')[0] !== offers[0]!.split('/')[0])
    if (relative !== undefined && random() < 0.05) {
      const parts = [
        `${offers[0]};q=0`,
        `${relative};q=0`,
        `${relative.split('/')[0]}/*;q=${pick(random, ['0.9', '0.8', '0.5', '0.3'])}`,
      ]
      const at = Math.floor(random() * parts.length)
      return {
        accept: [...parts.slice(at), ...parts.slice(0, at)].join(', '),
        offers: [offers[0]!, relative],
      }
    }
    const exact = random() < 0.6 ? offers[0]! : pick(random, offers)
    const family = `${(random() < 0.6 ? exact : pick(random, offers)).split('/')[0]}/*`
    const other = pick(random, types)
    const parts = [
      exact + weight(),
      family + weight(),
      ...(random() < 0.7 ? [`*/*${weight()}`] : []),
      ...(other !== exact && random() < 0.6 ? [other + weight()] : []),
    ]
    // The field stays within a line of the terminal.
    if (parts.join(', ').length > 68) parts.pop()
    const at = Math.floor(random() * parts.length)
    return { accept: [...parts.slice(at), ...parts.slice(0, at)].join(', '), offers }
  },
  run: it => negotiated(it),
  misconceptions: {
    'best-range-counts': {
      belief: 'give a type the best quality of all ranges that match it',
      because: 'If the client takes anything at 0.8, HTML seems to be anything.',
      fact: 'The most specific range decides, also when its quality is lower: that is how a client turns one type down.',
      run: it =>
        negotiated(it, {
          deciding: matching => matching.toSorted((a, b) => b.quality - a.quality)[0],
        }),
    },
    'first-match-counts': {
      belief: 'let the first range of the field that matches decide',
      because: 'Many lists of rules are read from the top.',
      fact: 'The order in the field means nothing; how specific a range is and its `q` do.',
      run: it => negotiated(it, { deciding: matching => matching[0] }),
    },
    'last-match-counts': {
      belief: 'let the last range of the field that matches override the ones before',
      because: 'Later lines of a configuration often override earlier ones.',
      fact: 'Ranges do not override each other by their order: the most specific one applies.',
      run: it => negotiated(it, { deciding: matching => matching.at(-1) }),
    },
    'order-of-the-field': {
      belief: 'take the first type in the field that the server has, whatever its `q` is',
      because: 'People list first what they want most.',
      fact: 'Preference is told by `q` alone.',
      run: it =>
        negotiated(it, {
          best: (all, accepted) => {
            const place = (offer: Offer) => accepted.findIndex(own => own.range === offer.by)
            return all.toSorted((a, b) => place(a) - place(b))[0]
          },
        }),
    },
    'server-decides': {
      belief: 'let the liking of the server decide between all that is acceptable',
      because: 'The server has the last word about what it sends.',
      fact: 'Negotiation compares the qualities first; the liking of the server counts between equals.',
      run: it => negotiated(it, { best: all => all[0] }),
    },
    'zero-is-least': {
      belief: 'take `q=0` for the least liked one that is still acceptable',
      because: 'It is one end of the scale.',
      fact: '`q=0` says not acceptable.',
      run: it => negotiated(it, { zero: 'last' }),
    },
  },
  questions: {
    chosen: {
      kind: 'choice',
      title: 'Which representation does an Accept field get?',
      prompt: it => `${scene(it)}\n\nWhat does the client get?`,
      answer: it => `\`${sent(it)}\``,
      how: it =>
        `The qualities are ${list(it.offers.map(offer => `${num(offer.quality)} for \`${offer.type}\``))}. So it is \`${sent(it)}\`.`,
    },
    quality: {
      kind: 'number',
      title: 'Which quality does a media type get?',
      prompt: it =>
        `\`\`\`http\nGET /reports/2026 HTTP/1.1\nAccept: ${it.accept}\n\`\`\`\n\nWhich quality, from 0 to 1, does the server find for \`${it.offers[0]}\`? (0 if it is not acceptable.)`,
      answer: it => it.offers[0]!.quality,
      how: ({ offers: [first] }) =>
        first!.by === undefined
          ? `No range matches \`${first!.type}\`, so it is not acceptable.`
          : `The most specific range that matches \`${first!.type}\` is \`${first!.by}\`: ${num(first!.quality)}.`,
      bare: true,
    },
    acceptable: {
      kind: 'number',
      title: 'How many representations are acceptable?',
      unit: 'types',
      prompt: it =>
        `\`\`\`http\nGET /reports/2026 HTTP/1.1\nAccept: ${it.accept}\n\`\`\`\n\nThe server can send ${list(it.offers.map(own => `\`${own}\``))}. How many of these types are acceptable to the client?`,
      answer: acceptable,
      how: it =>
        `Acceptable is what has a quality above 0: ${list(it.offers.filter(offer => offer.acceptable).map(offer => `\`${offer.type}\``))}.`,
    },
  },
  result: it => `${sent(it)}; ${count(acceptable(it), 'type')} acceptable`,
  trace: it => ({
    columns: ['type', 'decided by', 'quality', 'sent'],
    rows: it.offers.map(({ type, by, quality }) => [
      type,
      by ?? 'no range',
      num(quality),
      type === it.chosen ? 'yes' : 'no',
    ]),
  }),
  picture: it =>
    bars(
      it.offers.map(({ type, quality }) => ({ label: type, value: quality, note: num(quality) })),
    ),
})
