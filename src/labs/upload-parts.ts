import { lab, pick } from './lab.ts'
import { numbers, whole } from './parameters.ts'
import { bars } from './picture.ts'
import { count, list, num } from './said.ts'

/** Limits of a multipart upload to S3, as of October 2026 (Multipart upload limits). The last part may be smaller. */
const MOST_PARTS = 10_000
const LEAST_MIB = 5
const MOST_MIB = 5 * 1024

interface Upload {
  readonly size: number
  readonly part: number
  readonly failed: readonly number[]
  readonly largest: number
}

interface Outcome {
  readonly parts: number
  /** MiB of the last part. */
  readonly last: number
  /** MiB sent until every part has arrived. */
  readonly sent: number
  /** Smallest part size in whole MiB that fits the largest object. */
  readonly smallest: number
  /** Why S3 would not take this plan; undefined when it would. */
  readonly refused?: string
}

/**
 * Cuts an object of `size` MiB into parts of `part` MiB: `ceil(size ÷ part)` parts, the last with what is left. A part that
 * fails is sent once more, alone. For an object of `largest` GiB the smallest part is `ceil(MiB ÷ 10,000)`, and at least 5.
 * The arguments say what a wrong rule changes: the parts, what a failure costs, and how the smallest part is found.
 */
function plan(
  { size, part, failed, largest }: Upload,
  {
    parts = Math.ceil(size / part),
    last = size - (parts - 1) * part,
    again = (at: number) => (at === parts ? last : part),
    smallest = Math.max(LEAST_MIB, Math.ceil((largest * 1024) / MOST_PARTS)),
  }: {
    readonly parts?: number
    readonly last?: number
    readonly again?: (at: number) => number
    readonly smallest?: number
  } = {},
): Outcome {
  const whole = (parts - 1) * part + last
  // A part that the object does not have cannot fail.
  const repeated = failed.filter(it => it <= parts).map(again)
  const refused = [
    ...(parts > MOST_PARTS ? [`more than ${num(MOST_PARTS)} parts`] : []),
    ...(part < LEAST_MIB && parts > 1 ? [`parts below ${LEAST_MIB} MiB`] : []),
    ...(part > MOST_MIB ? ['parts above 5 GiB'] : []),
  ]
  return {
    parts,
    last,
    sent: whole + repeated.reduce((sum, it) => sum + it, 0),
    smallest,
    ...(refused.length > 0 && { refused: list(refused) }),
  }
}

export const uploadParts = lab({
  id: 'upload-parts',
  title: 'Multipart upload to S3',
  summary:
    'A large file in numbered parts: the last part, what a failed part costs, and the smallest part size.',
  concepts: ['file-uploads/multipart-upload'],
  sources: ['s3-mpu-limits', 's3-mpu-overview'],
  rule: 'All parts but the last have the same size, a failed part is sent again alone, and at most 10,000 parts of 5 MiB to 5 GiB make an object.',
  parameters: {
    size: whole('size of the file', { unit: 'MiB', from: 1, to: 50_000_000 }),
    part: whole('size of a part', {
      unit: 'MiB',
      from: 1,
      to: 10_000,
      drawn: [8, 10, 16, 20, 25, 50],
    }),
    failed: numbers('numbers of the parts that fail once each, from 1', {
      whole: true,
      rising: true,
      from: 1,
      to: 10_000,
      least: 0,
      most: 10,
    }),
    largest: whole('the largest file that the application promises to take', {
      unit: 'GiB',
      from: 1,
      to: 40_000,
      drawn: [
        55, 60, 65, 70, 75, 80, 85, 90, 95, 100, 110, 120, 125, 140, 150, 160, 175, 180, 200, 220,
        240, 250, 300, 320, 350, 400, 450, 500, 600, 700, 750, 800, 900, 1000, 1200, 1500, 2000,
      ],
    }),
  },
  example: { size: 94, part: 20, failed: [2, 5], largest: 200 },
  draw(random, { part }) {
    const full = pick(random, [3, 4, 5, 6])
    const rest = pick(
      random,
      [2, 3, 4, 6, 7, 9, 12, 15, 24].filter(it => it < part),
    )
    const failed = [pick(random, [1, 2, 3]), pick(random, [full, full + 1])]
    return { size: full * part + rest, failed: [...new Set(failed)].toSorted((a, b) => a - b) }
  },
  run: it => plan(it),
  misconceptions: {
    'start-over': {
      belief: 'send the whole file again after each failure',
      because: 'That is what one large PUT does.',
      fact: 'The parts that arrived are kept under the upload id; only the failed one is missing.',
      run: it => plan(it, { again: () => it.size }),
    },
    'from-there-on': {
      belief: 'send everything from the failed part on again',
      because: 'A resumed download or a tape works so.',
      fact: 'Parts are numbered and independent; they may arrive in any order.',
      run: it => plan(it, { again: at => it.size - (at - 1) * it.part }),
    },
    'full-last': {
      belief: 'count the last part as a full one',
      because: 'All parts have the same size, as one says.',
      fact: 'The last part holds what is left and may even be below 5 MiB.',
      run: it => plan(it, { last: it.part }),
    },
    'merged-rest': {
      belief: 'put the rest into the part before it, so that no part is smaller than the others',
      because: 'Parts have a minimum of 5 MiB.',
      fact: 'The minimum does not hold for the last part; the rest is a part of its own.',
      run: it => {
        const parts = Math.max(1, Math.floor(it.size / it.part))
        return plan(it, { parts, last: it.size - (parts - 1) * it.part })
      },
    },
    'five-is-enough': {
      belief: 'take the smallest part that S3 allows, whatever the file',
      because: 'The figure of 5 MiB stands in every guide, and many libraries use it by default.',
      fact: 'With 10,000 parts of 5 MiB an object ends at 48.8 GiB; beyond that the number of parts decides.',
      run: it => plan(it, { smallest: LEAST_MIB }),
    },
    thousands: {
      belief: 'take a GiB for 1000 MiB',
      because: 'A gigabyte has 1000 megabytes.',
      fact: 'A GiB has 1024 MiB, and so the plan would run out of parts before the end of the file.',
      run: it =>
        plan(it, { smallest: Math.max(LEAST_MIB, Math.ceil((it.largest * 1000) / MOST_PARTS)) }),
    },
  },
  questions: {
    last: {
      kind: 'number',
      title: 'How large is the last part of a multipart upload?',
      unit: 'MiB',
      bare: true,
      prompt: ({ size, part }) =>
        `A client uploads a file of ${num(size)} MiB to S3 as a multipart upload with a part size of ${num(part)} MiB.\n\nHow many MiB does the last part have?`,
      answer: it => it.last,
      how: ({ parts, last }, { part }) =>
        `${count(parts - 1, 'part')} of ${num(part)} MiB and a last one of ${num(last)} MiB, ${count(parts, 'part')} in all.`,
    },
    sent: {
      kind: 'number',
      title: 'How much does a multipart upload send when parts fail?',
      unit: 'MiB',
      prompt: ({ size, part, failed }) =>
        `A client uploads a file of ${num(size)} MiB to S3 as a multipart upload with a part size of ${num(part)} MiB. ` +
        `${list(failed.map(it => `Part ${num(it)}`)).replace(/ Part/g, ' part')} ${failed.length === 1 ? 'fails' : 'fail'} once after all ${failed.length === 1 ? 'its' : 'their'} bytes were sent, everything else goes well.\n\n` +
        'How many MiB has the client sent in all when the upload is complete?',
      answer: it => it.sent,
      how: ({ sent, last, parts }, { size, part, failed }) =>
        `${[size, ...failed.map(it => (it === parts ? last : part))].map(num).join(' + ')} = ${num(sent)} MiB: the file, and each failed part once more.`,
    },
    smallest: {
      kind: 'number',
      title: 'Which is the smallest part size for a large upload?',
      unit: 'MiB',
      bare: true,
      prompt: ({ largest }) =>
        `An application promises uploads of up to ${num(largest)} GiB (${num(largest)} × 1024 MiB) into S3, with one fixed part size in whole MiB. S3 takes at most 10,000 parts, each of at least 5 MiB but for the last (October 2026).\n\nWhich part size is the smallest that works?`,
      answer: it => it.smallest,
      how: ({ smallest }, { largest }) =>
        `${num(largest * 1024)} MiB ÷ 10,000 = ${num((largest * 1024) / MOST_PARTS)}, rounded up and at least 5: ${num(smallest)} MiB.`,
    },
  },
  result: ({ parts, last, sent, smallest, refused }, { largest }) =>
    `${count(parts, 'part')}, the last of ${num(last)} MiB, ${num(sent)} MiB sent; for ${num(largest)} GiB parts of ${num(smallest)} MiB` +
    (refused === undefined ? '' : `; refused: ${refused}`),
  trace: ({ parts, last }, { part, failed }) => ({
    columns: ['part', 'MiB', 'sent'],
    rows: shown(parts).map(it => {
      if (it === undefined) return ['…', '…', '…']
      const times = 1 + failed.filter(at => at === it).length
      return [
        num(it),
        num(it === parts ? last : part),
        times === 1 ? 'once' : `${num(times)} times`,
      ]
    }),
  }),
  picture: ({ parts, last }, { part, failed }) =>
    bars(
      shown(parts).map(it => {
        if (it === undefined) return { label: '…', value: 0, note: '' }
        const size = it === parts ? last : part
        return {
          label: `part ${num(it)}`,
          value: size,
          note: `${num(size)} MiB${failed.includes(it) ? ', sent again' : ''}`,
        }
      }),
    ),
})

/** Numbers of the parts to show: all, or the first and the last of many. */
function shown(parts: number): (number | undefined)[] {
  const first = Array.from({ length: Math.min(parts, 8) }, (_, place) => place + 1)
  return parts <= 8 ? first : [...first.slice(0, 6), undefined, parts]
}
