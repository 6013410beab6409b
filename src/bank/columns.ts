import type { Level, Question } from './model.ts'
import type { CatalogueTopic } from './parts.ts'

/** Every kind of question, by number. The order is in compiled banks; see `PARTS_VERSION`. */
export const KINDS = [
  'choice',
  'match',
  'order',
  'text',
  'number',
  'open',
  'lab',
] as const satisfies readonly Question['kind'][]

/** Every level, the same. */
export const LEVELS = ['recall', 'apply', 'analyse'] as const satisfies readonly Level[]

const NO_TAGS: readonly string[] = []

/** What can be asked of a topic, by the place of the question. Columns are decoded when they are first asked for. */
export class TopicColumns {
  readonly id: string
  readonly size: number
  /** Ids that questions had before, each with the place of its question. */
  readonly formerly: CatalogueTopic['formerly']
  readonly #written: CatalogueTopic
  /** Places of ids that were told: mostly it is those that are looked for then. */
  readonly #told = new Map<string, number>()
  readonly #starts: () => Uint32Array
  readonly #levels: () => Uint8Array
  readonly #kinds: () => Uint8Array
  readonly #tested: () => Uint32Array
  readonly #at: () => Uint32Array
  readonly #tags: () => ReadonlyMap<number, readonly string[]>

  constructor(written: CatalogueTopic) {
    this.#written = written
    this.id = written.id
    this.size = written.size
    this.formerly = written.formerly
    this.#starts = once(() => numbersIn(written.starts))
    this.#levels = once(() => Buffer.from(written.levels, 'base64'))
    this.#kinds = once(() => Buffer.from(written.kinds, 'base64'))
    this.#tested = once(() => numbersIn(written.tested))
    this.#at = once(() => numbersIn(written.at))
    this.#tags = once(() => tagged(written.tags))
  }

  /** Places in `KINDS`. */
  get kinds(): Uint8Array {
    return this.#kinds()
  }

  /** Places in `Catalogue.lists`. */
  get tested(): Uint32Array {
    return this.#tested()
  }

  ids(): string[] {
    return this.#written.ids.split(' ').slice(0, -1)
  }

  idAt(place: number): string {
    const starts = this.#starts()
    const id = this.#written.ids.slice(starts[place], starts[place + 1]! - 1)
    this.#told.set(id, place)
    return id
  }

  /** The place of a question, or -1. */
  find(id: string): number {
    return this.#told.get(id) ?? this.#search(id)
  }

  #search(id: string): number {
    const { ids } = this.#written
    const text = `${id} `
    let start = ids.indexOf(text)
    while (start > 0 && ids[start - 1] !== ' ') start = ids.indexOf(text, start + 1)
    const place = start < 0 ? -1 : this.#starts().indexOf(start)
    // What is looked for may come from anywhere, with a space in it.
    return place >= 0 && this.idAt(place) === id ? place : -1
  }

  levelAt(place: number): Level {
    return LEVELS[this.#levels()[place]!]!
  }

  tagsAt(place: number): readonly string[] {
    return this.#tags().get(place) ?? NO_TAGS
  }

  /** Where the line of a question begins in bytes, and where it ends. */
  lineAt(place: number): readonly [from: number, to: number] {
    const at = this.#at()
    return [at[place]!, at[place + 1]!]
  }
}

function tagged(tags: CatalogueTopic['tags']): Map<number, string[]> {
  const out = new Map<number, string[]>()
  for (const [tag, places] of Object.entries(tags)) {
    for (const place of places) out.set(place, [...(out.get(place) ?? []), tag])
  }
  return out
}

/** Whole numbers from 0 to 2³² − 1 as base64, four bytes each, the least one first: ten thousand of them in JSON take a millisecond to read. */
export function numbersText(numbers: readonly number[]): string {
  const bytes = Buffer.from(Uint32Array.from(numbers).buffer)
  return (BIG_ENDIAN ? bytes.swap32() : bytes).toString('base64')
}

function numbersIn(text: string): Uint32Array {
  const out = new Uint32Array(Buffer.byteLength(text, 'base64') / 4)
  const bytes = Buffer.from(out.buffer)
  bytes.write(text, 'base64')
  if (BIG_ENDIAN) bytes.swap32()
  return out
}

const BIG_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 0

/** What `make` makes, made when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
