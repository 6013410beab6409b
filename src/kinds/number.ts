import type { FieldsOf, Vocabulary } from '../bank/vocabulary.ts'
import type { Kind } from './kind.ts'

export const numberFields = ({ z, decimal, text, line }: Vocabulary) => ({
  answer: decimal,
  /** What the answer is counted in. */
  unit: text.optional(),
  /** How far off, in the same unit, still counts as right; 0 unless set. */
  tolerance: decimal.optional(),
  /** What typical misconceptions compute, with the reason why it is not right. */
  near: z.array(z.strictObject({ value: decimal, why: line })).optional(),
})

export type NumberFields = FieldsOf<typeof numberFields>

/** A unit's dimension and its size in that dimension's base unit. SI prefixes are powers of 1000, IEC ones of 1024. */
const UNITS: Readonly<Record<string, readonly [dimension: string, size: number]>> = {
  ns: ['time', 1e-9],
  us: ['time', 1e-6],
  µs: ['time', 1e-6],
  ms: ['time', 1e-3],
  s: ['time', 1],
  sec: ['time', 1],
  second: ['time', 1],
  seconds: ['time', 1],
  min: ['time', 60],
  minute: ['time', 60],
  minutes: ['time', 60],
  h: ['time', 3600],
  hour: ['time', 3600],
  hours: ['time', 3600],
  d: ['time', 86_400],
  day: ['time', 86_400],
  days: ['time', 86_400],
  b: ['data', 1],
  byte: ['data', 1],
  bytes: ['data', 1],
  kb: ['data', 1e3],
  mb: ['data', 1e6],
  gb: ['data', 1e9],
  tb: ['data', 1e12],
  kib: ['data', 1024],
  mib: ['data', 1024 ** 2],
  gib: ['data', 1024 ** 3],
  tib: ['data', 1024 ** 4],
  '%': ['share', 0.01],
  percent: ['share', 0.01],
}

/** Nobody types a longer number, and looking for one would take noticeable time. */
const LONGEST = 100

/**
 * Type a number, with or without its unit. Another unit of the same dimension is converted, so 1.5 s answers 1500 ms;
 * a unit that cannot be converted is asked again rather than marked.
 */
export const number: Kind<NumberFields, number> = {
  ask: ({ unit }) => (unit === undefined ? { type: 'number' } : { type: 'number', unit }),

  read({ unit }, _, answer) {
    if (typeof answer === 'number') {
      return Number.isFinite(answer) ? { reply: answer } : { malformed: 'answer with a number' }
    }
    if (typeof answer !== 'string' || answer.length > LONGEST)
      return { malformed: 'answer with a number' }
    const found = /^([+-]?[\d.,_/ e+-]*\d)\.?\s*(\D*)$/i.exec(answer.trim())
    const value = found?.[1] === undefined ? undefined : numberIn(found[1])
    if (value === undefined) return { malformed: 'answer with a number, like 42 or 0.5' }
    const given = found?.[2]?.trim() ?? ''
    if (given === '' || same(given, unit)) return { reply: value }
    const from = Object.hasOwn(UNITS, given.toLowerCase()) ? UNITS[given.toLowerCase()] : undefined
    const asked = unit?.toLowerCase() ?? ''
    const to = Object.hasOwn(UNITS, asked) ? UNITS[asked] : undefined
    // A share may be asked for without any unit: 50 % is 0.5.
    if (unit === undefined && from?.[0] === 'share') return { reply: value * from[1] }
    if (from === undefined || to === undefined || from[0] !== to[0]) {
      return { malformed: unit === undefined ? 'answer with the bare number' : `answer in ${unit}` }
    }
    return { reply: (value * from[1]) / to[1] }
  },

  mark(question, reply) {
    const { answer, near = [] } = question
    const right = close(reply, answer, question.tolerance ?? 0)
    if (right) {
      return { score: 1, right, notes: [{ right, taken: true, text: shown(question, answer) }] }
    }
    const known =
      near.find(it => close(reply, it.value, 0)) ??
      near.find(it => close(reply, it.value, question.tolerance ?? 0))
    return {
      score: 0,
      right,
      notes: [
        {
          right: false,
          taken: true,
          text: shown(question, reply),
          ...(known && { why: known.why }),
        },
        { right: true, taken: false, text: shown(question, answer) },
      ],
    }
  },

  key: ({ answer }) => answer,

  wire: (_, reply) => reply,
}

/** Within the tolerance, give or take what binary fractions cannot hold. */
function close(a: number, b: number, tolerance: number): boolean {
  return Math.abs(a - b) <= tolerance + 1e-9 * Math.max(1, Math.abs(b))
}

function same(given: string, unit: string | undefined): boolean {
  const plain = (it: string) => it.toLowerCase().replaceAll(/[\s.]/g, '').replace(/s$/, '')
  return unit !== undefined && plain(given) === plain(unit)
}

/** `1,000`, `1_000`, `1/6`, `2e3`; undefined when it is no number. A lone decimal comma is not guessed at. */
function numberIn(text: string): number | undefined {
  const fraction = /^([^/]+)\/([^/]+)$/.exec(text)
  if (fraction) {
    const [top, bottom] = [numberIn(fraction[1]!), numberIn(fraction[2]!)]
    return top === undefined || bottom === undefined || bottom === 0 ? undefined : top / bottom
  }
  const bare = text.trim().replaceAll(/(?<=\d)[,_ ](?=\d{3}(\D|$))/g, '')
  const value = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(bare) ? Number(bare) : Number.NaN
  return Number.isFinite(value) ? value : undefined
}

function shown({ unit }: NumberFields, value: number): string {
  const digits = String(Number(value.toPrecision(12)))
  return unit === undefined ? digits : `${digits} ${Math.abs(value) === 1 ? singular(unit) : unit}`
}

/** One of several: `requests` is a word, `ms` is a sign. */
function singular(unit: string): string {
  return /^[a-z]{3,}[^s]s$/.test(unit) ? unit.replace(/ies$/, 'ys').slice(0, -1) : unit
}
