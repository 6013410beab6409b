import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Candidates, candidatesFrom } from '../../src/bank/candidates.ts'
import { UserError } from '../../src/errors.ts'
import { readLog } from '../../src/memory/log.ts'
import type { Memory } from '../../src/memory/memory.ts'
import { Pasts } from '../../src/memory/pasts.ts'
import { remembered } from '../../src/memory/remembered.ts'
import { lineText, type Review, stampOf } from '../../src/memory/review.ts'
import { readSnapshot } from '../../src/memory/snapshot.ts'
import { temporary } from '../world.ts'
import { candidate } from './candidates.ts'
import { plain, told } from './model.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** A person with a log, a clock and a cache, whose machine does all kinds of things. */
class Person {
  readonly data = temporary()
  readonly cache = join(temporary(), 'cache')
  now = Date.UTC(2026, 10, 21, 9)
  renames = new Map<string, string>()
  asked = bank(20)
  readonly snapshot = join(this.cache, 'memory.snapshot')
  readonly #ids: string[] = []
  #lines = 0

  constructor() {
    mkdirSync(join(this.data, 'reviews'))
  }

  file(device: string): string {
    return join(this.data, 'reviews', `${device}.jsonl`)
  }

  /** Answers one after the other, at any time, in a sitting that may have been before. */
  answers(
    count: number,
    { device = 'desk', sitting = `s${this.#lines}`, at = this.now, pick = 7 } = {},
  ): string {
    // Time goes by meanwhile, unless it is another clock's.
    if (at === this.now) this.now += Math.max(0, count - 1) * 20_000
    let text = ''
    for (let nth = 0; nth < count; nth++) {
      const number = ++this.#lines
      const id = `line-${number}`
      this.#ids.push(id)
      const score = [0, 1, 1, 1, 0.75][(number * pick) % 5]!
      const review: Review = {
        v: 1,
        at: stampOf(new Date(at + nth * 20_000), [60, -300][Math.floor(number / 300) % 2]!),
        device,
        id,
        type: 'review',
        question: `topic/q${(number * pick) % 40}`,
        score,
        reply: score === 1 ? 'typed words' : ['abc'[number % 3]!],
        ...(number % 4 === 0 && { confidence: number % 8 === 0 ? 'sure' : 'guess' }),
        ms: (number * 977) % 30_000,
        sitting,
        mode: number % 9 === 0 ? 'cram' : 'drill',
        ...(number % 7 === 0 && { again: true as const }),
      }
      text += lineText(review)
    }
    return text
  }

  append(text: string, device = 'desk'): void {
    appendFileSync(this.file(device), text)
    this.touch(device)
  }

  /** The clock of the machine is this person's. */
  touch(device: string): void {
    utimesSync(this.file(device), this.now / 1000, this.now / 1000)
  }

  stamp(): string {
    return `"v":1,"id":"x-${++this.#lines}","at":"${stampOf(new Date(this.now), 0)}","device":"desk"`
  }

  undo(back: number): void {
    const of = this.#ids.at(-1 - (back % Math.max(1, this.#ids.length))) ?? 'nothing'
    this.append(`{${this.stamp()},"type":"undo","of":"${of}"}\n`)
  }

  /** Another file takes the place of one, as when something copies files from machine to machine. */
  replace(device: string, text: string): void {
    writeFileSync(`${this.file(device)}.new`, text)
    renameSync(`${this.file(device)}.new`, this.file(device))
  }

  memory(): object {
    return this.#told(remembered(this, new Date(this.now), this.renames, this.asked))
  }

  /** The same without a snapshot. */
  afresh(): object {
    const cache = join(temporary(), 'none')
    return this.#told(remembered({ data: this.data, cache }, new Date(this.now), this.renames))
  }

  /** All that is remembered, and which questions of the bank were met. */
  #told(memory: Memory): object {
    const { ids, places } = new Pasts(memory.questions, this.asked)
    return { ...plain(memory), met: Array.from(places, it => (it < 0 ? '' : ids!.text(it))) }
  }
}

/** A bank of so many questions. */
function bank(size: number): Candidates {
  const ids = Array.from({ length: size }, (_, nth) => candidate(`topic/q${nth}`))
  return new Candidates([candidatesFrom('topic', ids)], `bank of ${size}`)
}

/** Puts something else in the place of a byte, a minute after the last answer. */
function edit(it: Person, number: number): void {
  if (!existsSync(it.file('desk'))) return
  const text = readFileSync(it.file('desk'), 'utf8')
  const place = number % Math.max(1, text.length)
  writeFileSync(it.file('desk'), `${text.slice(0, place)}7${text.slice(place + 1)}`)
  it.now += MINUTE
  it.touch('desk')
}

/** What may happen between two commands; the number is for it to make of it what it likes. */
const events: Readonly<Record<string, (it: Person, number: number) => void>> = {
  sitting(it, number) {
    it.now += DAY
    it.append(it.answers(20 + (number % 150)))
  },
  'another bank': (it, number) => {
    it.asked = bank(number % 50)
  },
  'a few answers': (it, number) => it.append(it.answers(1 + (number % 5))),
  'a sitting goes on': (it, number) => {
    it.append(it.answers(1 + (number % 30), { sitting: number % 2 === 0 ? 's0' : 'left-open' }))
  },
  'undo of something recent': (it, number) => it.undo(number % 20),
  'undo of anything': (it, number) => it.undo(number),
  'undo before the answer is there': (it, number) => {
    it.append(`{${it.stamp()},"type":"undo","of":"line-${number % 2000}"}\n`)
  },
  flag: it => it.append(`{${it.stamp()},"type":"flag","question":"topic/q3","note":"Größe?"}\n`),
  'a line twice': it => {
    const last = existsSync(it.file('desk'))
      ? readFileSync(it.file('desk'), 'utf8').trim().split('\n').at(-1)
      : ''
    it.append(`${last}\n`)
  },
  'a line is torn': it => it.append(`{"v":1,"type":"rev`),
  'a line has no end': it => it.append(it.answers(1).trimEnd()),
  'a line is ended': it => it.append('\n'),
  'a line of a newer version': it => it.append('{"v":2,"type":"review"}\n'),
  'the clock is set ahead': (it, number) =>
    it.append(it.answers(number % 300, { at: it.now + 400 * DAY })),
  'the clock is set back': (it, number) =>
    it.append(it.answers(1 + (number % 9), { at: it.now - (1 + number) * MINUTE })),
  'lines of another machine': (it, number) => {
    const at = it.now - (number % 3) * DAY
    it.append(it.answers(1 + (number % 99), { device: 'sofa', at, pick: 3 }), 'sofa')
  },
  'a file is copied over': (it, number) => {
    const before = existsSync(it.file('sofa')) ? readFileSync(it.file('sofa'), 'utf8') : ''
    it.replace('sofa', before + it.answers(number % 50, { device: 'sofa', at: it.now - DAY }))
  },
  'a copy of a log is put beside it': it => {
    if (existsSync(it.file('desk'))) copyFileSync(it.file('desk'), it.file('desk-copy'))
  },
  'the log of another machine goes': it => rmSync(it.file('sofa'), { force: true }),
  'somebody edits the log': edit,
  'somebody edits the log after an answer': (it, number) => {
    it.append(it.answers(1))
    edit(it, number)
  },
  'another line claims an id': it => {
    it.append(it.answers(1))
    const last = readFileSync(it.file('desk'), 'utf8').trim().split('\n').at(-1)!
    it.append(`${last.replace(/"score":[^,]*/, '"score":0.5')}\n`)
  },
  'the log is cut': (it, number) => {
    if (existsSync(it.file('desk')))
      truncateSync(it.file('desk'), number % (1 + statSync(it.file('desk')).size))
  },
  'a question is renamed': (it, number) =>
    it.renames.set(`topic/q${number % 40}`, `topic/q${number % 7}-new`),
  'two questions become one': it => it.renames.set('topic/q1', 'topic/q2'),
  'a bank without renames': it => it.renames.clear(),
  'the snapshot is damaged': (it, number) => {
    if (!existsSync(it.snapshot)) return
    const bytes = readFileSync(it.snapshot)
    bytes[number % bytes.length]! ^= 1 << (number % 8)
    writeFileSync(it.snapshot, bytes)
  },
  'the snapshot is cut': (it, number) => {
    if (existsSync(it.snapshot)) truncateSync(it.snapshot, number % statSync(it.snapshot).size)
  },
  'the snapshot goes': it => rmSync(it.cache, { recursive: true, force: true }),
  'something else is called so': it => {
    mkdirSync(it.cache, { recursive: true })
    writeFileSync(it.snapshot, 'a letter')
  },
}

const names = Object.keys(events)
/** Mostly what happens every day. */
const event = fc.tuple(
  fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...names.slice(0, 4)) },
    { weight: 1, arbitrary: fc.constantFrom(...names) },
  ),
  fc.nat(5000),
)

test('memory is the same with a snapshot as without, whatever happens', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 2, maxLength: 12 }), happening => {
      const person = new Person()
      person.append(person.answers(250))
      person.memory()
      for (const [name, number] of happening) {
        events[name]!(person, number)
        expect(person.memory(), name).toEqual(person.afresh())
      }
    }),
    { numRuns: 40 },
  )
})

test.for(names)('%s', name => {
  const person = new Person()
  for (const count of [230, 100]) {
    person.append(person.answers(count))
    person.memory()
    for (const number of [1, 301, 4099]) {
      events[name]!(person, number)
      expect(person.memory()).toEqual(person.afresh())
    }
    person.now += DAY
    person.append(person.answers(3))
    expect(person.memory()).toEqual(person.afresh())
  }
})

test('memory is what the lines of the log say', () => {
  const person = new Person()
  person.append(person.answers(300))
  person.undo(7)
  person.memory()
  person.undo(250)
  person.append(person.answers(5))
  expect(person.memory()).toMatchObject(told(readLog(person.data).lines))
})

describe('a snapshot', () => {
  /** Takes a line out of the log so that nothing tells: as many bytes, and the same time. */
  function changeSecretly(person: Person): void {
    const file = person.file('desk')
    const { atime, mtime } = statSync(file)
    const text = readFileSync(file, 'utf8')
    writeFileSync(
      file,
      text.replace(/\n.*\n/, line => `\n${' '.repeat(line.length - 2)}\n`),
    )
    utimesSync(file, atime, mtime)
  }

  test('spares reading the log again', () => {
    const person = new Person()
    person.append(person.answers(250))
    const before = person.memory()
    changeSecretly(person)
    expect(person.memory()).toEqual(before)
    expect(person.afresh()).not.toEqual(before)
    person.append(person.answers(3))
    expect(person.memory()).toMatchObject({ answers: 253 })
    expect(person.afresh()).toMatchObject({ answers: 252 })
  })

  test('is not made of a short log', () => {
    const person = new Person()
    person.append(person.answers(100))
    person.memory()
    expect(existsSync(person.snapshot)).toBe(false)
  })

  test('is replaced as a whole, and leaves nothing else behind', () => {
    const person = new Person()
    person.append(person.answers(250))
    person.memory()
    person.append(person.answers(250))
    person.memory()
    expect(readdirSync(person.cache)).toEqual(['memory.snapshot'])
  })

  test('cannot be written where a file is, and nobody hears of it', () => {
    const person = new Person()
    writeFileSync(person.cache, '')
    person.append(person.answers(250))
    expect(person.memory()).toEqual(person.afresh())
  })
})

test('a snapshot says where the questions of the bank are, of the last one that was asked for', () => {
  const person = new Person()
  person.append(person.answers(250))
  for (const size of [20, 30, 20]) {
    person.asked = bank(size)
    const { met } = person.memory() as { met: string[] }
    const { placed, ids } = readSnapshot(person.snapshot)!.state
    expect(placed!.stamp).toBe(`bank of ${size}`)
    expect(Array.from(placed!.places, it => (it < 0 ? '' : ids.text(it)))).toEqual(met)
    expect(met).toContain('topic/q3')
  }
})

test('without a log nothing is remembered, and no folder is made', () => {
  const folder = temporary()
  const paths = { data: join(folder, 'data'), cache: join(folder, 'cache') }
  expect(remembered(paths, new Date(0)).answers).toBe(0)
  expect(readdirSync(folder)).toEqual([])
})

test('a line longer than any of ours is passed over', () => {
  const person = new Person()
  person.append(`${person.answers(1)}${'x'.repeat(3 << 20)}\n${person.answers(1)}`)
  expect(remembered(person, new Date(person.now)).answers).toBe(2)
})

test.skipIf(process.getuid?.() === 0)('a log that cannot be read is said to be', () => {
  const person = new Person()
  person.append(person.answers(1))
  chmodSync(person.file('desk'), 0)
  expect(() => person.memory()).toThrow(UserError)
})
