import { KINDS, type TopicColumns } from './columns.ts'
import type { Level, Question } from './model.ts'
import type { Catalogue } from './parts.ts'

/** What can be asked, one entry a question, without its text. */
export interface Candidate {
  readonly id: string
  readonly topic: string
  readonly level: Level
  readonly kind: Question['kind']
  /** Concepts that it tests, the main one first. */
  readonly concepts: readonly string[]
  readonly tags: readonly string[]
}

/** Things one after the other: an array, or `Candidates`. */
export interface Listed<T> extends Iterable<T> {
  readonly length: number
  at(place: number): T | undefined
}

/** Neighbours that have something in common. */
export interface Span {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** Candidates of one topic. */
export interface OfTopic extends Listed<Candidate> {
  readonly topic: string
  /** Places in `KINDS`. */
  kinds(): Uint8Array
  ids(): readonly string[]
  /** The main concept of a question. */
  main(place: number): string | undefined
}

/**
 * The candidates of topics, one topic after the other, each made when it is first looked at: of ten thousand a sitting looks at a
 * hundred, and to make them all takes as long as all the rest. Whoever goes through all of them takes the functions below.
 */
export class Candidates implements Listed<Candidate> {
  readonly length: number
  /** Which of them are of which topic. */
  readonly topics: readonly Span[]
  /** Who has the same stamp has the same questions in the same order. Undefined for a selection. */
  readonly stamp: string | undefined
  readonly #topics: readonly OfTopic[]
  readonly #made: (Candidate | undefined)[]
  #last = 0
  #kinds: Uint8Array | undefined

  constructor(topics: readonly OfTopic[], stamp?: string) {
    let length = 0
    this.topics = topics.map(it => {
      const from = length
      length += it.length
      return { name: it.topic, from, to: length }
    })
    this.length = length
    this.stamp = stamp
    this.#topics = topics
    this.#made = new Array<Candidate | undefined>(length)
  }

  at(place: number): Candidate | undefined {
    if (place < 0 || place >= this.length) return undefined
    const known = this.#made[place]
    if (known !== undefined) return known
    const nth = this.#topicAt(place)
    const made = this.#topics[nth]!.at(place - this.topics[nth]!.from)
    this.#made[place] = made
    return made
  }

  *[Symbol.iterator](): Iterator<Candidate> {
    for (let it = 0; it < this.length; it++) yield this.at(it)!
  }

  ids(): readonly string[] {
    const none: readonly string[] = []
    return none.concat(...this.#topics.map(it => it.ids()))
  }

  kinds(): Uint8Array {
    this.#kinds ??= this.#kindsOf()
    return this.#kinds
  }

  #kindsOf(): Uint8Array {
    const out = new Uint8Array(this.length)
    for (const [nth, { from }] of this.topics.entries()) out.set(this.#topics[nth]!.kinds(), from)
    return out
  }

  main(place: number): string | undefined {
    const nth = this.#topicAt(place)
    return this.#topics[nth]!.main(place - this.topics[nth]!.from)
  }

  /** The number of the topic of a question. */
  #topicAt(place: number): number {
    const { topics } = this
    // Who looks at one mostly looks at its neighbour next.
    let nth = this.#last
    while (place < topics[nth]!.from) nth--
    while (place >= topics[nth]!.to) nth++
    this.#last = nth
    return nth
  }
}

/** The candidates of a compiled topic of a catalogue. */
export function candidatesOf(
  columns: TopicColumns,
  { concepts, lists }: Pick<Catalogue, 'concepts' | 'lists'>,
): OfTopic {
  const { id: topic, size: length } = columns
  const at = (place: number): Candidate | undefined =>
    place < 0 || place >= length
      ? undefined
      : {
          id: columns.idAt(place),
          topic,
          level: columns.levelAt(place),
          kind: KINDS[columns.kinds[place]!]!,
          concepts: lists[columns.tested[place]!]!.map(it => concepts[it]!),
          tags: columns.tagsAt(place),
        }
  return {
    topic,
    length,
    kinds: () => columns.kinds,
    at,
    ids: () => columns.ids(),
    main: place => concepts[lists[columns.tested[place]!]?.[0] ?? -1],
    *[Symbol.iterator]() {
      for (let it = 0; it < length; it++) yield at(it)!
    },
  }
}

/** The same of candidates of a topic that are made already. */
export function candidatesFrom(topic: string, list: readonly Candidate[]): OfTopic {
  return {
    topic,
    length: list.length,
    kinds: () => kindsOf(list),
    at: place => list[place],
    ids: () => list.map(it => it.id),
    main: place => list[place]?.concepts[0],
    [Symbol.iterator]: () => list[Symbol.iterator](),
  }
}

/** What is at these places of a list, which is looked at only as far as they are. */
class Selection<T> implements Listed<T> {
  readonly list: Listed<T>
  readonly places: readonly number[]

  constructor(list: Listed<T>, places: readonly number[]) {
    this.list = list
    this.places = places
  }

  get length(): number {
    return this.places.length
  }

  at(place: number): T | undefined {
    const it = this.places[place]
    return it === undefined ? undefined : this.list.at(it)
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const it of this.places) yield this.list.at(it)!
  }
}

/** What is at these places of a list. */
export function some<T>(list: Listed<T>, places: readonly number[]): Listed<T> {
  return new Selection(list, places)
}

/** Runs of neighbours of one topic. */
export function topicSpans(list: Listed<Pick<Candidate, 'topic'>>): readonly Span[] {
  return list instanceof Candidates ? list.topics : spansOf(list, it => it.topic)
}

/** Runs of neighbours with the same name. */
export function spansOf<T>(list: Listed<T>, name: (it: T) => string): Span[] {
  const out: { name: string; from: number; to: number }[] = []
  let at = 0
  for (const it of list) {
    const own = name(it)
    const last = out.at(-1)
    if (last?.name === own) last.to++
    else out.push({ name: own, from: at, to: at + 1 })
    at++
  }
  return out
}

/** The kind of each: its place in `KINDS`. */
export function kindsOf(list: Listed<Pick<Candidate, 'kind'>>): Uint8Array {
  if (list instanceof Candidates) return list.kinds()
  if (list instanceof Selection) {
    const all = kindsOf(list.list)
    return Uint8Array.from(list.places, it => all[it]!)
  }
  return Uint8Array.from(list, it => KINDS.indexOf(it.kind))
}

export function idsOf(list: Listed<Pick<Candidate, 'id'>>): readonly string[] {
  return list instanceof Candidates ? list.ids() : Array.from(list, it => it.id)
}

/** What says of the question at a place which concept is its main one. */
export function mainsOf(
  list: Listed<Pick<Candidate, 'concepts'>>,
): (place: number) => string | undefined {
  return list instanceof Candidates
    ? place => list.main(place)
    : place => list.at(place)?.concepts[0]
}
