import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLParseError,
} from 'yaml'
import { MAX_BYTES, SPLIT, tooLarge } from './files.ts'
import type { Problem } from './problem.ts'

/** Where something stands in a file: keys and positions from the top, `['questions', 3, 'choices', 0, 'why']`. */
export type Path = readonly PropertyKey[]

/** A bank file as data, with a way back to the place each piece came from. */
export interface Source {
  readonly file: string
  /** Maps, lists and text; every scalar is the text that stands in the file. Undefined when nothing could be read. */
  readonly data: unknown
  readonly problems: readonly Problem[]
  /** A problem at the node that `path` leads to, or at the nearest one around it. */
  problem(path: Path, rule: string, message: string, remedy?: string): Problem
  /** Like `problem`, at the key rather than at its value. */
  problemAtKey(path: Path, rule: string, message: string, remedy?: string): Problem
}

/** Deeper than any bank; keeps hostile files from exhausting the stack. */
const MAX_DEPTH = 32

/**
 * Reads one bank file. It never throws: whatever is wrong with the text becomes problems, and what can be
 * read beside it is still read. Scalars stay text (YAML's failsafe schema), so `no`, `1.10` and `409` are what was typed.
 */
export function read(file: string, bytes: Uint8Array): Source {
  const problems: Problem[] = []
  const only = (rule: string, message: string, remedy: string) =>
    nothing(file, [{ file, line: 1, column: 1, rule, message, remedy }])
  const tooDeep = () =>
    only('yaml/too-deep', 'this is nested too deeply', 'a bank needs six levels')

  if (bytes.length > MAX_BYTES) return only('yaml/too-large', tooLarge(bytes.length), SPLIT)
  const text = decode(bytes)
  if (text === undefined) {
    return only('yaml/encoding', 'this is not UTF-8 text', 'save it as UTF-8, or name another file')
  }

  const lines = new LineCounter()
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }

  if (nesting(text) > MAX_DEPTH * 8) return tooDeep()
  let document: ReturnType<typeof parseDocument>
  try {
    document = parseDocument(text, {
      schema: 'failsafe',
      prettyErrors: false,
      lineCounter: lines,
      // Prints nothing here; 'silent' would also keep quiet about a second document.
      logLevel: 'error',
    })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return tooDeep()
  }
  // The parser recurses: nesting that slipped through the look above ends here, or in the RangeError.
  if (document.errors.some(it => it.code === 'RESOURCE_EXHAUSTION')) return tooDeep()
  const told = new Set<string>()
  for (const error of document.errors) {
    const problem = {
      file,
      ...at(placeOf(error, document)),
      ...explained(error.code, error.message),
    }
    const key = `${problem.line}:${problem.column} ${problem.message}`
    if (!told.has(key)) problems.push(problem)
    told.add(key)
  }

  const root = document.contents as Node | null
  const place = (path: Path, key: boolean) => {
    const node = key ? keyAt(root, path) : nodeAt(root, path)
    return { file, ...at(node?.range?.[0] ?? 0) }
  }
  const make =
    (key: boolean) =>
    (path: Path, rule: string, message: string, remedy?: string): Problem => ({
      ...place(path, key),
      rule,
      message,
      ...(remedy !== undefined && { remedy }),
    })

  const data =
    root === null
      ? undefined
      : plain(root, (node, rule, message, remedy) => {
          problems.push({ file, ...at(node.range?.[0] ?? 0), rule, message, remedy })
        })
  return { file, data, problems, problem: make(false), problemAtKey: make(true) }
}

type Report = (node: Node, rule: string, message: string, remedy: string) => void

/** Nodes as maps without prototype, lists and text; undefined for what was reported. */
function plain(node: unknown, report: Report, depth = 0): unknown {
  if (node === null) return ''
  if (isAlias(node)) {
    report(
      node,
      'yaml/alias',
      `the alias *${node.source} is not followed in a bank`,
      'write the text out where it is needed',
    )
    return undefined
  }
  if (isScalar(node)) return node.value === null ? '' : String(node.value)
  if (depth > MAX_DEPTH) {
    report(node as Node, 'yaml/too-deep', 'this is nested too deeply', 'a bank needs six levels')
    return undefined
  }
  if (isSeq(node)) return node.items.map(it => plain(it, report, depth + 1))
  if (isMap(node)) {
    const out: Record<string, unknown> = Object.create(null)
    for (const { key, value } of node.items) {
      if (!isScalar(key)) {
        report(
          (key as Node) ?? node,
          'yaml/key',
          'a key has to be a plain word',
          'write `name: value`; quote text that starts with [ or {',
        )
        continue
      }
      out[String(key.value)] = plain(value, report, depth + 1)
    }
    return out
  }
  report(
    node as Node,
    'yaml/key',
    'this is neither a map nor a list nor text',
    'remove the tag, if it has one',
  )
  return undefined
}

/** The node at the end of the path, or the last one that exists on the way. */
function nodeAt(root: unknown, path: Path): Node | undefined {
  let node = root
  for (const step of path) {
    const next = isMap(node)
      ? node.items.find(it => isScalar(it.key) && it.key.value === String(step))?.value
      : isSeq(node)
        ? node.items[Number(step)]
        : undefined
    if (next === undefined || next === null) break
    node = next
  }
  return (node as Node | null) ?? undefined
}

function keyAt(root: unknown, path: Path): Node | undefined {
  const map = nodeAt(root, path.slice(0, -1))
  const last = String(path.at(-1))
  const pair = isMap(map)
    ? map.items.find(it => isScalar(it.key) && it.key.value === last)
    : undefined
  return (pair?.key as Node | undefined) ?? nodeAt(root, path)
}

/** Text without a byte order mark; undefined for what is not UTF-8 or holds a NUL (a binary file). */
function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

/** How deep flow collections may go on one line, from brackets alone; prose has few on a line. */
function nesting(text: string): number {
  let depth = 0
  let deepest = 0
  for (const char of text) {
    if (char === '[' || char === '{') deepest = Math.max(deepest, ++depth)
    else if (char === ']' || char === '}') depth = Math.max(0, depth - 1)
    else if (char === '\n') depth = 0
  }
  return deepest
}

/** Where an error is: a quotation mark without its partner is missed at the end of the file, but stands at its start. */
function placeOf(error: YAMLParseError, document: ReturnType<typeof parseDocument>): number {
  const [noticed] = error.pos
  let place = noticed
  if (error.code === 'MISSING_CHAR' && /quote/.test(error.message)) {
    visit(document, {
      Scalar(_, { range }) {
        if (range?.[1] === noticed) place = range[0]
      },
    })
  }
  return place
}

function explained(
  code: string,
  message: string,
): { rule: string; message: string; remedy: string } {
  switch (code) {
    case 'DUPLICATE_KEY':
      return {
        rule: 'yaml/duplicate-key',
        message: 'this field is there twice',
        remedy: 'keep one of them',
      }
    case 'MULTIPLE_DOCS':
      return {
        rule: 'yaml/syntax',
        message: 'a file holds one topic; what follows --- is not read',
        remedy: 'put it into a file of its own',
      }
    default:
      return {
        rule: 'yaml/syntax',
        message: (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, ''),
        remedy: 'check indentation, and quote text that holds ": " or starts with a sign',
      }
  }
}

function nothing(file: string, problems: readonly Problem[]): Source {
  const problem = (_: Path, rule: string, message: string, remedy?: string): Problem => ({
    file,
    line: 1,
    column: 1,
    rule,
    message,
    ...(remedy !== undefined && { remedy }),
  })
  return { file, data: undefined, problems, problem, problemAtKey: problem }
}
