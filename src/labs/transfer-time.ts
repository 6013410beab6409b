import { lab, pick } from './lab.ts'
import { number, one } from './parameters.ts'
import { list, num, rounded } from './said.ts'

interface Link {
  readonly size: number
  readonly compressed: number
  readonly mbps: number
  readonly rtt: number
  readonly server: number
  readonly connection: 'warm' | 'new'
}

/** Milliseconds of one call: setting up the connection, the round trip of the request, the server, and the bytes. */
interface Call {
  readonly setup: number
  readonly trip: number
  readonly server: number
  readonly bytes: number
  readonly total: number
}

interface Outcome {
  readonly plain: Call
  readonly compressed: Call
  /** By how many per cent compression shortens the call, rounded. */
  readonly percent: number
}

/**
 * A call with an answer of so many KB, as it is and compressed. The bytes take `KB × 1000 × 8 ÷ (Mbit/s × 1,000,000)` seconds,
 * which is `KB × 8 ÷ Mbit/s` milliseconds; the link is steady and the window large enough, so there is no slow start. A new
 * connection takes a round trip for TCP and one for TLS 1.3 (RFC 9846 §2) before the request. The arguments say what a wrong rule changes.
 */
function measure(
  { size, compressed, mbps, rtt, server, connection }: Link,
  {
    setups = connection === 'new' ? 2 : 0,
    bits = 8,
    waits = true,
    scale = false,
  }: {
    readonly setups?: number
    readonly bits?: number
    readonly waits?: boolean
    readonly scale?: boolean
  } = {},
): Outcome {
  const call = (kb: number): Call => {
    const parts = {
      setup: waits ? setups * rtt : 0,
      trip: waits ? rtt : 0,
      server: waits ? server : 0,
      bytes: rounded((kb * bits) / mbps, 2),
    }
    return { ...parts, total: rounded(parts.setup + parts.trip + parts.server + parts.bytes, 2) }
  }
  const plain = call(size)
  const own = call(compressed)
  const total = scale ? rounded((plain.total * compressed) / size, 2) : own.total
  return {
    plain,
    compressed: { ...own, total },
    percent: plain.total === 0 ? 0 : rounded((100 * (plain.total - total)) / plain.total),
  }
}

function shown({ size, compressed, mbps, rtt, server, connection }: Link): string {
  const how =
    connection === 'warm'
      ? 'on a connection that is open'
      : 'on a new HTTPS connection over TCP with a full TLS 1.3 handshake, DNS being cached'
  return (
    `An app fetches an answer ${how}. The round trip takes ${num(rtt)} ms, the server ${num(server)} ms, the link carries ${num(mbps)} Mbit/s from the first byte on. ` +
    `The answer has ${num(size)} KB as it is and ${num(compressed)} KB compressed (1 KB = 1000 bytes); compressing takes no time worth counting.`
  )
}

export const transferTime = lab({
  id: 'transfer-time',
  title: 'Transfer time and compression',
  summary:
    'An answer on a slow link, as it is and compressed: what of the time is bytes and what is waiting.',
  concepts: ['mobile/compression', 'mobile/round-trips-first'],
  sources: ['aosa-mobile', 'rfc9110#8.4', 'rfc9846#2'],
  rule: 'Bytes take `KB × 8 ÷ Mbit/s` milliseconds; compression shortens that part alone, while round trips and server stay.',
  parameters: {
    size: number('size of the answer', {
      unit: 'KB',
      from: 0.1,
      to: 1_000_000,
      drawn: [10, 20, 40, 50, 80, 100, 200],
    }),
    compressed: number('its size when compressed', { unit: 'KB', from: 0, to: 1_000_000 }),
    mbps: number('what the link carries', {
      unit: 'Mbit/s',
      from: 0.1,
      to: 10_000,
      drawn: [1, 2, 4, 8],
    }),
    rtt: number('round trip', { unit: 'ms', from: 0, to: 10_000, drawn: [50, 100, 150, 200, 300] }),
    server: number('time of the server', { unit: 'ms', from: 0, to: 100_000, drawn: [0, 20, 40] }),
    connection: one('whether the connection is open already', ['warm', 'new']),
  },
  example: { size: 40, compressed: 8, mbps: 1, rtt: 200, server: 20, connection: 'new' },
  check({ size, compressed }) {
    return compressed > size ? 'compressed is more than size' : undefined
  },
  draw(random, { size }) {
    return { compressed: rounded(size * pick(random, [0.1, 0.2, 0.25, 0.5]), 1) }
  },
  run: it => measure(it),
  misconceptions: {
    'bits-are-bytes': {
      belief: 'take Mbit for MB',
      because: 'Both are called “megs”, and files are measured in bytes.',
      fact: 'Links are measured in bits: a byte has eight, so it takes eight times as long.',
      run: it => measure(it, { bits: 1 }),
    },
    'time-shrinks-alike': {
      belief: 'shorten the whole call as much as the bytes',
      because: '“A fifth of the bytes, five times as fast” sounds right.',
      fact: 'Only the bytes become fewer; round trips and the server take as long as before.',
      run: it => measure(it, { scale: true }),
    },
    'bytes-only': {
      belief: 'count the bytes and no waiting',
      because: 'Bandwidth is the figure that one is sold.',
      fact: 'Before the first byte comes at least one round trip; for small answers that is most of the time.',
      run: it => measure(it, { waits: false }),
    },
    'setup-is-free': {
      belief: 'take a new connection to be as quick as an open one',
      because: 'The client library opens it without a word.',
      fact: 'TCP takes a round trip and TLS 1.3 another one before the request can leave.',
      run: it => measure(it, { setups: 0 }),
    },
    'two-trips-for-tls': {
      belief: 'count two round trips for TLS',
      because: 'A full handshake of TLS 1.2 takes two.',
      fact: 'TLS 1.3 takes one, so with TCP a new connection costs two.',
      run: it => measure(it, { setups: it.connection === 'new' ? 3 : 0 }),
    },
  },
  questions: {
    total: {
      kind: 'number',
      title: 'How long does a call with a compressed answer take?',
      unit: 'ms',
      prompt: it =>
        `${shown(it)}\n\nThe server compresses. How many milliseconds pass from the start until the last byte is there?`,
      answer: it => it.compressed.total,
      how: ({ compressed: it }, { compressed, mbps }) =>
        `The bytes take ${num(compressed)} × 8 ÷ ${num(mbps)} = ${num(it.bytes)} ms; with ${sum(it)} it is ${num(it.total)} ms.`,
    },
    times: {
      kind: 'choice',
      title: 'What does compression do to the time of a call?',
      prompt: it => `${shown(it)}\n\nHow long does the call take, as it is and compressed?`,
      answer: it => `${num(it.plain.total)} ms as it is, ${num(it.compressed.total)} ms compressed`,
      how: ({ plain, compressed }) =>
        `Waiting is the same in both: ${num(rounded(plain.total - plain.bytes, 2))} ms. The bytes take ${num(plain.bytes)} and ${num(compressed.bytes)} ms.`,
    },
    percent: {
      kind: 'number',
      title: 'By how many per cent does compression shorten a call?',
      unit: '%',
      prompt: it =>
        `${shown(it)}\n\nBy how many per cent does compression shorten the call? Round to a whole number.`,
      answer: it => it.percent,
      how: ({ plain, compressed, percent }) =>
        `From ${num(plain.total)} to ${num(compressed.total)} ms: ${num(rounded(plain.total - compressed.total, 2))} ÷ ${num(plain.total)} = ${num(percent)} %.`,
    },
  },
  result: ({ plain, compressed, percent }) =>
    `${num(plain.total)} ms as it is, ${num(compressed.total)} ms compressed, ${num(percent)} % less`,
  trace: ({ plain, compressed }) => ({
    columns: ['part', 'as it is (ms)', 'compressed (ms)'],
    rows: (['setup', 'trip', 'server', 'bytes', 'total'] as const).map(it => [
      it,
      num(plain[it]),
      num(compressed[it]),
    ]),
  }),
  picture: ({ plain, compressed }) => {
    const width = (time: number) => Math.round((time / Math.max(plain.total, 1)) * 50)
    const row = (name: string, { total, bytes }: Call) =>
      `${name.padEnd(11)}${'.'.repeat(width(Math.max(0, total - bytes)))}${'#'.repeat(width(bytes))} ${num(total)} ms`
    return [row('as it is', plain), row('compressed', compressed), '. waiting  # bytes'].join('\n')
  },
})

function sum({ setup, trip, server }: Call): string {
  const parts = [
    ...(setup > 0 ? [`${num(setup)} ms for the connection`] : []),
    `${num(trip)} ms for the round trip`,
    ...(server > 0 ? [`${num(server)} ms for the server`] : []),
  ]
  return list(parts)
}
