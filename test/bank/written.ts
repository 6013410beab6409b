import { type Compiled, compile } from '../../src/bank/compile.ts'
import { draft } from '../../src/bank/draft.ts'
import type { Problem } from '../../src/bank/problem.ts'
import { read } from '../../src/bank/read.ts'

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Compiles files given as text, named one.yaml, two.yaml and so on. */
export function compiled(...texts: readonly string[]): Compiled {
  const names = ['one.yaml', 'two.yaml', 'three.yaml']
  return compile(texts.map((text, index) => ({ file: names[index]!, bytes: bytes(text) })))
}

/** What reading a file has to say, before the rules look at it. */
export function complaints(content: string | Uint8Array): Problem[] {
  return draft(read('bank.yaml', typeof content === 'string' ? bytes(content) : content)).problems
}

/** `2:3 schema/missing`, to compare by eye. */
export const placed = ({ line, column, rule }: Problem): string => `${line}:${column} ${rule}`
