import { lab, pick } from './lab.ts'
import { flag, numbers, one, texts, whole } from './parameters.ts'
import { messages } from './picture.ts'
import { count, list, num } from './said.ts'

const WHO = ['Ann', 'Bo', 'Cem', 'Dee'] as const

/** A PUT, what it was told, and what is stored after it. */
interface Write {
  readonly who: string
  /** The tag in `If-Match`, if there is one. */
  readonly tag?: string
  /** The whole number that it wants to store. */
  readonly wants: number
  readonly code: number
  readonly stored: number
}

interface Scene {
  readonly stock: number
  readonly changes: readonly number[]
  readonly sends: readonly ('tag' | 'none')[]
  readonly tags: 'strong' | 'weak'
  readonly required: boolean
  readonly again: boolean
}

/**
 * Clients read the same state, then write one after another what they made of it; a PUT carries the new state, not the change.
 *
 * A server that gets `If-Match` compares by strong comparison: a weak tag (`W/"1"`) matches nothing, not even itself (RFC 9110 §8.8.3.2,
 * §13.1.1). If the condition is false it answers 412; where it insists on one and there is none, 428 (RFC 6585 §3). Whoever is
 * refused may read again and repeat the change on the fresh state, once, with `If-Match`.
 * The arguments say what a wrong rule changes.
 */
function writes(
  { stock, changes, sends, tags, required, again }: Scene,
  {
    compares = tags === 'strong' ? 'strongly' : 'never-equal',
    bare = 'lets-through',
    missing = 428,
    failed = 412,
  }: {
    /** How a tag in `If-Match` is looked at. */
    readonly compares?: 'strongly' | 'never-equal' | 'not-at-all'
    /** What an old state without a tag gets. */
    readonly bare?: 'lets-through' | 'checks'
    readonly missing?: number
    readonly failed?: number
  } = {},
): Write[] {
  let stored = stock
  let version = 1
  const tag = (of: number) => `${tags === 'weak' ? 'W/' : ''}"v${of}"`
  const out: Write[] = []
  const put = (who: string, wants: number, seen: number, conditional: boolean) => {
    const old =
      compares === 'not-at-all' ? false : compares === 'never-equal' ? true : seen !== version
    const code = conditional
      ? old
        ? failed
        : 204
      : required
        ? missing
        : bare === 'checks' && seen !== version
          ? failed
          : 204
    if (code === 204) {
      stored = wants
      version++
    }
    out.push({ who, ...(conditional && { tag: tag(seen) }), wants, code, stored })
    return code === 204
  }
  changes.forEach((change, place) => {
    const who = WHO[place]!
    if (put(who, stock + change, 1, sends[place] === 'tag') || !again) return
    put(who, stored + change, version, true)
  })
  return out
}

const signed = (it: number) => (it < 0 ? `takes ${-it} away` : `adds ${it}`)
const names = (changes: readonly number[]) => WHO.slice(0, changes.length)

function scene({ stock, changes, sends, tags, required, again }: Scene): string {
  const tag = tags === 'weak' ? 'W/"v1"' : '"v1"'
  const lines = changes.flatMap((change, place) => [
    `${WHO[place]!.padEnd(3)} ${signed(change).padEnd(12)}  PUT /items/5  ${(sends[place] === 'tag' ? `If-Match: ${tag}` : '(no If-Match)').padEnd(tag.length + 10)}  stock: ${stock + change}`,
  ])
  return (
    `Item 5 has stock ${num(stock)}. ${list(names(changes))} read it before anybody writes, and get \`ETag: ${tag}\`. The server follows RFC 9110, marks each new state with ${tags === 'weak' ? 'a new weak tag' : 'a new strong tag'}, ` +
    `and ${required ? 'insists on `If-Match` for a PUT' : 'accepts a PUT without `If-Match`'}. Then they write, in this order:\n\n` +
    `\`\`\`text\n${lines.join('\n')}\n\`\`\`\n\n` +
    (again
      ? 'Whoever is refused reads again at once, makes the same change to the fresh stock, and sends one more PUT with the fresh tag in `If-Match`, before the next one writes. '
      : 'Nobody tries again. ') +
    'A PUT that is carried out gets `204`.'
  )
}

const weakness = ({ tags, sends }: Scene) =>
  tags === 'weak' && sends.includes('tag') ? 'A weak tag never matches in `If-Match`. ' : ''

const final = (all: readonly Write[]) => all.at(-1)!.stored

export const lostUpdate = lab({
  id: 'lost-update',
  title: 'Lost updates and If-Match',
  summary:
    'Clients change the same thing at once: which writes the server takes, and what is stored in the end.',
  concepts: ['http-methods/lost-update', 'status-codes/412', 'status-codes/428'],
  sources: ['rfc9110#13.1.1', 'rfc9110#8.8.3.2', 'rfc6585#3'],
  rule: 'A PUT with `If-Match` is carried out only if the tag is that of the current state, by strong comparison; without `If-Match` it overwrites, unless the server insists on one with `428`.',
  parameters: {
    stock: whole('the number that is stored at first', {
      from: 0,
      to: 1000,
      drawn: [10, 20, 30, 50],
    }),
    changes: numbers('what each client adds, in the order of writing', {
      whole: true,
      from: -100,
      to: 100,
      least: 2,
      most: 4,
    }),
    sends: texts('whether each client sends the tag in If-Match', {
      of: ['tag', 'none'],
      least: 2,
      most: 4,
    }),
    tags: one(
      'kind of tags that the server makes',
      ['strong', 'weak'],
      ['strong', 'strong', 'weak'],
    ),
    required: flag('the server insists on If-Match', [false, false, true]),
    again: flag('whoever is refused reads again and tries once more'),
  },
  example: {
    stock: 20,
    changes: [-3, 5, -1],
    sends: ['tag', 'none', 'tag'],
    tags: 'strong',
    required: false,
    again: true,
  },
  check: ({ changes, sends, stock }) =>
    changes.length === sends.length
      ? changes.some(it => stock + it < 0)
        ? 'changes do not take more than there is'
        : undefined
      : 'sends says something for each of the changes',
  draw(random) {
    const size = pick(random, [2, 3, 3])
    const from = [-6, -4, -3, -2, 5, 7, 8, 9]
    const changes: number[] = []
    while (changes.length < size) {
      const next = pick(random, from)
      if (!changes.includes(next)) changes.push(next)
    }
    return { changes, sends: changes.map(() => pick(random, ['tag', 'tag', 'none'] as const)) }
  },
  run: it => writes(it),
  misconceptions: {
    'last-write-wins': {
      belief: 'let the last write win, whatever `If-Match` says',
      because: 'Without conditions that is what happens, and a tag looks like a mere label.',
      fact: 'With `If-Match` the server must not carry out the method unless the tag is the current one.',
      run: it => writes(it, { compares: 'not-at-all' }),
    },
    'server-notices': {
      belief: 'trust the server to notice an old state without `If-Match`',
      because: 'It made the tag, so it seems to know who has read what.',
      fact: 'A request says by `If-Match` what it rests on; without it, the server cannot know and overwrites.',
      run: it => writes(it, { bare: 'checks' }),
    },
    'weak-matches': {
      belief: 'let a weak tag match in `If-Match`',
      because: 'In `If-None-Match` weak tags do match.',
      fact: '`If-Match` uses strong comparison, and by that a weak tag is equal to none, not even to itself.',
      run: it => writes(it, { compares: 'strongly' }),
    },
    'missing-is-412': {
      belief: 'answer `412` to a condition that is missing as well',
      because: 'Both codes are about preconditions.',
      fact: '`412` says that a condition was sent and is false; `428` asks the client to send one.',
      run: it => writes(it, { missing: 412 }),
    },
    'conflict-409': {
      belief: 'answer `409` when `If-Match` is false',
      because: 'An edit conflict is a conflict.',
      fact: 'A false `If-Match` has a code of its own, `412`; `409` is for conflicts that no condition of the request asked about.',
      run: it => writes(it, { failed: 409 }),
    },
  },
  questions: {
    codes: {
      kind: 'choice',
      title: 'Which answers do clients get that write at the same time?',
      prompt: it =>
        `${scene(it)}\n\nWhich codes do the PUT requests get, in the order in which they are sent?`,
      answer: all => `\`${all.map(it => it.code).join(' ')}\``,
      how: (all, it) =>
        `${weakness(it)}${all.map(it => `${it.who}: \`${it.code}\``).join(', ')}. In the end the stock is ${num(final(all))}.`,
    },
    stored: {
      kind: 'number',
      title: 'What is stored after clients have written at the same time?',
      prompt: it => `${scene(it)}\n\nWhat is the stock in the end?`,
      answer: final,
      how: (all, it) => {
        const done = all.filter(it => it.code === 204)
        return done.length === 0
          ? `${weakness(it)}No PUT is carried out, so the stock stays ${num(final(all))}.`
          : `${weakness(it)}Each PUT that is carried out replaces the stock: ${list(done.map(it => `${num(it.wants)} by ${it.who}`))}. The last one counts.`
      },
    },
  },
  result: all =>
    `${all.map(it => it.code).join(', ')}; ${num(final(all))} is stored, ${count(all.filter(it => it.code !== 204).length, 'write')} refused`,
  trace: all => ({
    columns: ['who', 'If-Match', 'wants', 'code', 'stored'],
    rows: all.map(it => [it.who, it.tag ?? '-', num(it.wants), String(it.code), num(it.stored)]),
  }),
  picture: all =>
    messages(
      all.flatMap(it => [
        {
          from: it.who,
          to: 'server',
          says: `PUT ${num(it.wants)}${it.tag === undefined ? '' : `  If-Match: ${it.tag}`}`,
        },
        { from: 'server', to: it.who, says: `${it.code}  (stored: ${num(it.stored)})` },
      ]),
    ),
})
