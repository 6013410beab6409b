import type { Concept, Topic } from './model.ts'

/**
 * A topic as one text: the topic without its concepts on the first line, then a concept a line, each beginning with its id.
 * Reading a whole topic as JSON would take longer than finding the one concept that is shown.
 */
export function topicText({ concepts, ...head }: Topic): string {
  const lines = concepts.map(({ id, ...rest }) => JSON.stringify({ id, ...rest }))
  return [JSON.stringify(head), ...lines].map(it => `${it}\n`).join('')
}

/** The topic whole. */
export function topicIn(lines: Buffer): Topic {
  const [head = '', ...concepts] = lines.toString().trimEnd().split('\n')
  return {
    ...(JSON.parse(head) as Omit<Topic, 'concepts'>),
    concepts: concepts.map(it => JSON.parse(it) as Concept),
  }
}

/** One of its concepts, by full id, read without decoding the others. */
export function conceptIn(lines: Buffer, id: string): Concept | undefined {
  const at = lines.indexOf(`\n{"id":${JSON.stringify(id)},`)
  if (at < 0) return undefined
  return JSON.parse(lines.toString('utf8', at + 1, lines.indexOf('\n', at + 1))) as Concept
}
