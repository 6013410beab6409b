import { lab, pick } from './lab.ts'
import { number } from './parameters.ts'
import { bars } from './picture.ts'
import { num, rounded } from './said.ts'

interface Server {
  readonly service: number
  readonly rate: number
  readonly target: number
}

interface Outcome {
  /** Share of the time in which the server is busy, in percent. */
  readonly load: number
  /** Mean time from arrival to done, in ms. */
  readonly response: number
  /** Requests in the system on average, waiting or being worked on. */
  readonly inside: number
  /** The highest rate at which the mean time is still the target. */
  readonly highest: number
}

/**
 * One server with random arrivals and exponential service times (M/M/1), in the long run:
 *
 *     load ρ = rate × service     mean time W = service / (1 - ρ) = 1 / (μ - λ)     inside L = rate × W (Little)
 *
 * Turned around, a target for W allows λ = μ - 1 / W. The argument is a rule for W, given service time and load, and its
 * inverse: the load at which W is so many service times.
 */
function queue(
  { service, rate, target }: Server,
  rule: {
    readonly time: (load: number) => number
    readonly load: (times: number) => number
  } = { time: load => 1 / (1 - load), load: times => 1 - 1 / times },
): Outcome {
  const load = (rate * service) / 1000
  const times = rule.time(load)
  return {
    load: rounded(load * 100, 2),
    response: rounded(service * times, 2),
    inside: rounded(load * times, 2),
    highest: rounded((rule.load(target / service) * 1000) / service, 2),
  }
}

const scene = ({ service, rate }: Pick<Server, 'service'> & { rate?: number }) =>
  `One worker handles requests one at a time. A request takes ${num(service)} ms of work on average; take it as an M/M/1 queue (random arrivals, exponential service times, first come, first served, and it has run for long).${
    rate === undefined ? '' : ` ${num(rate)} requests arrive per second.`
  }`

export const utilisation = lab({
  id: 'utilisation',
  title: 'Utilisation and waiting',
  summary: 'One busy worker and random arrivals: how long requests take as the load rises.',
  concepts: ['scalability/autoscaling', 'messaging/queue-backlog', 'resilience/littles-law'],
  sources: ['brooker-2021', 'concurrency-limits#background'],
  rule: 'The mean time is the service time divided by what is **idle**: `service / (1 - load)`.',
  parameters: {
    service: number('mean time of work on a request', {
      unit: 'ms',
      from: 1,
      to: 10_000,
      drawn: [5, 10, 20, 25, 50, 100],
    }),
    rate: number('requests per second', { unit: 'requests/s', from: 0.01, to: 1000 }),
    target: number('mean time that is still good enough', { unit: 'ms', from: 1, to: 1_000_000 }),
  },
  example: { service: 20, rate: 40, target: 200 },
  check({ service, rate, target }) {
    if (rate * service >= 1000)
      return `rate is ${num(rate)} a second, but the worker does ${num(rounded(1000 / service, 3))}: the queue grows for ever`
    return target > service
      ? undefined
      : `target is ${num(target)} ms, but the work alone takes ${num(service)} ms`
  },
  draw(random, { service }) {
    return {
      rate: (pick(random, [5, 6, 8, 9]) * 100) / service,
      target: service * pick(random, [2, 5, 10, 20]),
    }
  },
  run: it => queue(it),
  misconceptions: {
    'free-until-full': {
      belief: 'expect no waiting as long as the load is below 100 %',
      because: 'On average there is capacity to spare.',
      fact: 'Arrivals come in clumps; whoever arrives while the worker is busy waits, at any load.',
      run: it => queue(it, { time: () => 1, load: () => 1 }),
    },
    'in-step-with-load': {
      belief: 'let the time grow in step with the load, on top of the work',
      because: 'More load, a little more time: the curve starts like that.',
      fact: 'It grows with 1 / (1 - load): doubled at 50 %, five times at 80 %, ten times at 90 %.',
      run: it => queue(it, { time: load => 1 + load, load: times => Math.min(1, times - 1) }),
    },
    'waiting-alone': {
      belief: 'take the waiting for the whole time and leave out the work itself',
      because: 'Queueing theory sounds like being about the queue.',
      fact: 'What is asked for counts from arrival to done: waiting and work together.',
      run: it =>
        queue(it, { time: load => 1 / (1 - load) - 1, load: times => times / (times + 1) }),
    },
    'busy-for-idle': {
      belief: 'divide the service time by the busy share instead of the idle one',
      because: 'Both shares are at hand, and the load is the one that is known.',
      fact: 'By the idle share: the less of it is left, the longer it takes. Divided by the load it would get faster.',
      run: it => queue(it, { time: load => 1 / load, load: times => 1 / times }),
    },
  },
  questions: {
    response: {
      kind: 'number',
      title: 'How long does a request take at this load?',
      unit: 'ms',
      bare: true,
      prompt: it =>
        `${scene(it)}\n\nHow long does a request take from arrival to done, on average?`,
      answer: it => it.response,
      how: ({ load, response }, { service, rate }) =>
        `The load is ${num(rate)} × ${num(service)} ms = ${num(load)} %, so ${num(rounded(100 - load, 2))} % is idle: ${num(service)} ms / ${num(rounded(1 - load / 100, 4))} = ${num(response)} ms.`,
    },
    inside: {
      kind: 'number',
      title: 'How many requests are in the system on average?',
      unit: 'requests',
      bare: true,
      prompt: it =>
        `${scene(it)}\n\nHow many requests are in the system on average, waiting and being worked on together?`,
      answer: it => it.inside,
      how: ({ load, response, inside }, { service, rate }) =>
        `At ${num(load)} % load a request takes ${num(service)} / ${num(rounded(1 - load / 100, 4))} = ${num(response)} ms. By Little's law ${num(rate)}/s × ${num(rounded(response / 1000, 5))} s = ${num(inside)}.`,
    },
    highest: {
      kind: 'number',
      title: 'Which rate still meets a target for the mean time?',
      unit: 'requests/s',
      bare: true,
      prompt: ({ service, target }) =>
        `${scene({ service })}\n\nThe mean time from arrival to done should be ${num(target)} ms at most. How many requests per second may arrive?`,
      answer: it => it.highest,
      how: ({ highest }, { service, target }) =>
        `${num(target)} ms is ${num(rounded(target / service, 2))} times the work, so 1 / ${num(rounded(target / service, 2))} of the time has to be idle. Of ${num(rounded(1000 / service, 2))}/s that leaves ${num(highest)}/s.`,
    },
  },
  result: ({ load, response, inside, highest }, { target }) =>
    `${num(load)} % busy: ${num(response)} ms on average, ${num(inside)} inside; ${num(target)} ms would allow ${num(highest)}/s`,
  trace: ({ load, response, inside, highest }, { service, rate, target }) => ({
    columns: ['what', 'sum', 'value'],
    rows: [
      ['load', `${num(rate)}/s × ${num(service)} ms`, `${num(load)} %`],
      ['time', `${num(service)} ms / (1 - load)`, `${num(response)} ms`],
      ['of it waiting', 'time - work', `${num(rounded(response - service, 2))} ms`],
      ['inside', 'rate × time', num(inside)],
      [
        `rate for ${num(target)} ms`,
        `${num(rounded(1000 / service, 2))} - 1000 / ${num(target)}`,
        `${num(highest)}/s`,
      ],
    ],
  }),
  picture: ({ load, response }, { service }) =>
    bars(
      [
        ...[50, 80, 90, 95].map(it => ({ load: it, time: rounded(service / (1 - it / 100), 2) })),
        { load, time: response },
      ].map(({ load: at, time }, i) => ({
        label: `${i === 4 ? 'here, ' : ''}${num(at)} %`,
        value: time,
        note: `${num(time)} ms`,
      })),
    ),
})
