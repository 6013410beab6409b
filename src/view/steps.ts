import type { DocBlock } from './doc.ts'

/** A command, and what it does for the person now. */
export type Step = readonly [command: string, does: string]

/** Commands to type, one below the other. */
export function steps(title: string, list: readonly Step[]): DocBlock {
  const widest = Math.max(...list.map(([command]) => command.length))
  return {
    type: 'section',
    title,
    blocks: [
      {
        type: 'list',
        ordered: false,
        items: list.map(([command, does]) => [
          {
            type: 'paragraph',
            text: [{ role: 'accent', text: command.padEnd(widest) }, `  ${does}`],
          },
        ]),
      },
    ],
  }
}
