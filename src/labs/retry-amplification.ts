import { lab, pick } from './lab.ts'
import { numbers, one, whole } from './parameters.ts'
import { bars } from './picture.ts'
import { count, list, num } from './said.ts'

interface Stack {
  readonly requests: number
  readonly setting: 'max_attempts' | 'max_retries'
  readonly layers: readonly number[]
}

const NAMES = ['gateway', 'orders', 'stock', 'storage', 'proxy', 'driver'] as const

/**
 * The calls that leave each layer when the bottom fails every one, worst case (SRE book, chapter 22, "Retries"): each call
 * that a layer gets makes it send all its tries, so the tries multiply. `max_attempts` counts the first try, `max_retries`
 * does not. `tries` and `grow` are what a wrong rule changes.
 */
function calls(
  { requests, setting, layers }: Stack,
  {
    tries = it => (setting === 'max_retries' ? it + 1 : it),
    grow = (arriving, tries) => arriving * tries,
  }: {
    readonly tries?: (set: number) => number
    readonly grow?: (arriving: number, tries: number, layer: number) => number
  } = {},
): { readonly layer: string; readonly tries: number; readonly sent: number }[] {
  let arriving = requests
  return layers.map((set, layer) => {
    const own = tries(set)
    arriving = grow(arriving, own, layer)
    return { layer: NAMES[layer]!, tries: own, sent: arriving }
  })
}

type Calls = ReturnType<typeof calls>

const bottom = (it: Calls) => it.at(-1)!.sent

const story = ({ requests, setting, layers }: Stack) =>
  `${requests === 1 ? 'A user’s request passes' : `${num(requests)} user requests pass`} through ${count(layers.length, 'layer')} to a database. Each layer waits for the one below and repeats a call that failed:\n\n\`\`\`yaml\n${layers
    .map(
      (set, i) =>
        `${`${NAMES[i]}:`.padEnd(9)} { calls: ${`${NAMES[i + 1] !== undefined && i < layers.length - 1 ? NAMES[i + 1] : 'database'},`.padEnd(9)} ${setting}: ${num(set)} }`,
    )
    .join('\n')}\n\`\`\`\n\nThe database fails every call, and nobody’s time runs out.`

export const retryAmplification = lab({
  id: 'retry-amplification',
  title: 'Retry amplification',
  summary: 'Several layers retry the same failure: how many calls reach the bottom.',
  concepts: ['resilience/retry-storm', 'resilience/retry-cap'],
  sources: ['sre-22#Retries', 'grpc-a6#maximum-number-of-retries'],
  rule: 'Each try of a layer sets off all tries of the next, so the tries of all layers, the first ones included, multiply.',
  parameters: {
    requests: whole('requests of users', { from: 1, to: 10_000, drawn: [1, 1, 1, 2, 5, 10, 20] }),
    setting: one('what the numbers of the layers count', ['max_attempts', 'max_retries']),
    layers: numbers('the setting of each layer, top to bottom', {
      whole: true,
      from: 1,
      to: 10,
      most: 6,
    }),
  },
  example: { requests: 1, setting: 'max_attempts', layers: [3, 4, 3] },
  draw(random, { setting }) {
    const many = setting === 'max_attempts' ? [2, 3, 3, 4, 5] : [1, 2, 2, 3, 4]
    return {
      layers: Array.from({ length: pick(random, [2, 3, 3, 3, 4]) }, () => pick(random, many)),
    }
  },
  run: it => calls(it),
  misconceptions: {
    'tries-add-up': {
      belief: 'add the tries of the layers up',
      because: 'Each layer is set up on its own and looks harmless.',
      fact: 'Every try of one layer triggers all tries of the next, so they multiply.',
      run: it =>
        calls(it, {
          grow: (arriving, tries, layer) =>
            layer === 0 ? arriving * tries : arriving + it.requests * tries,
        }),
    },
    'mixes-attempts-and-retries': {
      belief: 'take attempts for retries or retries for attempts',
      because: 'Libraries name the same setting differently.',
      fact: '`max_attempts` includes the first call; `max_retries` come on top of it.',
      run: it => calls(it, { tries: set => (it.setting === 'max_retries' ? set : set + 1) }),
    },
    'only-retries-count': {
      belief: 'count the retries alone and leave out first calls',
      because: 'Retries are what the load seems to come from.',
      fact: 'The first call of each layer reaches the next one as well.',
      run: it =>
        calls(it, { tries: set => Math.max(1, it.setting === 'max_retries' ? set : set - 1) }),
    },
    'lowest-layer-alone': {
      belief: 'let only the layer above the failure retry',
      because: 'That is how it should be.',
      fact: 'Unless the lower layer says that a retry is useless, the upper ones see a failure like any other and repeat it.',
      run: it =>
        calls(it, {
          grow: (arriving, tries, layer) =>
            layer === it.layers.length - 1 ? arriving * tries : arriving,
        }),
    },
  },
  questions: {
    bottom: {
      kind: 'number',
      title: 'How many calls reach the bottom when every layer retries?',
      unit: 'calls',
      prompt: it => `${story(it)}\n\nHow many calls does the database get?`,
      answer: bottom,
      how: (outcome, { requests }) =>
        `${num(requests)} × ${outcome.map(it => num(it.tries)).join(' × ')} = ${num(bottom(outcome))}: each layer multiplies what reaches it by its tries.`,
    },
    'each-layer': {
      kind: 'text',
      title: 'How many calls leave each layer when every layer retries?',
      prompt: it =>
        `${story(it)}\n\nHow many calls do ${list(it.layers.map((_, i) => NAMES[i]!))} send, in this order? Write the numbers with commas.`,
      answer: outcome => outcome.map(it => String(it.sent)).join(', '),
      accept: answer => [answer.replaceAll(', ', ','), answer.replaceAll(',', '')],
      how: (outcome, { requests }) =>
        `From ${num(requests)} at the top, each layer multiplies by its tries: ${outcome.map(it => `× ${num(it.tries)} = ${num(it.sent)}`).join(', ')}.`,
    },
  },
  result: (outcome, { requests }) =>
    `${count(bottom(outcome), 'call')} at the database for ${count(requests, 'request')}`,
  trace: outcome => ({
    columns: ['layer', 'tries per call', 'calls sent'],
    rows: outcome.map(({ layer, tries, sent }) => [layer, num(tries), num(sent)]),
  }),
  picture: (outcome, { requests }) =>
    bars([
      { label: 'users', value: requests, note: num(requests) },
      ...outcome.map(({ layer, sent }) => ({ label: `${layer} ->`, value: sent, note: num(sent) })),
    ]),
})
