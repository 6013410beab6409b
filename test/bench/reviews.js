import { closeSync, openSync, writeSync } from 'node:fs'

const HOUR = 3_600_000
const A_SITTING = 20
const OFFERED = ['no-cap', 'starts-empty', 'refused-costs'].map(it => `token-bucket/${it}`)

/**
 * Writes a log as somebody might have one after years: sittings of twenty answers an hour apart, the last one just now, each line
 * as quiz writes it. The same arguments give the same lines but for their instants.
 */
export function writeReviews(path, { reviews, questions, now }) {
  const random = numbers(42)
  const below = count => Math.floor(random() * count)
  const token = () => `${below(36 ** 8).toString(36)}`.padStart(8, '0')
  const file = openSync(path, 'w')
  let lines = []
  let at = now - Math.ceil(reviews / A_SITTING) * HOUR
  for (let from = 0; from < reviews; from += A_SITTING) {
    const sitting = `${token()}${token()}`
    for (let nth = 1; nth <= Math.min(A_SITTING, reviews - from); nth++) {
      const right = below(5) > 0
      const ms = 2000 + below(30_000)
      const question = below(questions)
      const line = {
        v: 1,
        at: `${new Date(at + HOUR + nth * 60_000).toISOString().slice(0, -1)}+01:00`,
        device: 'bench-a1b2c3',
        id: `${sitting}-${String(nth).padStart(4, '0')}`,
        type: 'review',
        question: `bench/q${question}`,
        // One question in five is computed.
        ...(question % 5 === 0 && {
          seed: below(2 ** 32),
          offered: OFFERED,
          ...(!right && below(2) === 0 && { believed: OFFERED[0] }),
        }),
        score: right ? 1 : 0,
        reply: [right ? 'a' : 'bc'[below(2)]],
        ...(below(2) === 0 && { confidence: ['guess', 'unsure', 'sure'][below(3)] }),
        ms,
        sitting,
        mode: 'drill',
        ...(below(10) === 0 && { again: true }),
      }
      lines.push(`${JSON.stringify(line)}\n`)
    }
    at += HOUR
    if (lines.length >= 10_000) {
      writeSync(file, lines.join(''))
      lines = []
    }
  }
  writeSync(file, lines.join(''))
  closeSync(file)
}

/** Numbers in [0, 1) from a seed: mulberry32, as in src/random.ts. */
function numbers(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
