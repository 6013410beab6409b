import type { Question } from '../bank/model.ts'
import { spans } from '../bank/prose.ts'
import type { Mark } from '../kinds/kind.ts'
import type { Leech } from '../memory/leech.ts'
import type { Doc, DocBlock } from './doc.ts'
import { count } from './numbers.ts'

/** What is said of a question that is missed again and again: which mistake it is, and what to read before it comes back. */
export function leechDoc(
  { misses, mistake }: Leech,
  { question, mark }: { readonly question: Question; readonly mark: Mark },
): Doc {
  const note = mark.notes.find(it => it.option === mistake?.option && !it.right)
  const blocks: DocBlock[] = []
  if (mistake !== undefined && note !== undefined && mistake.times > 1) {
    blocks.push({
      type: 'paragraph',
      text: [
        `${count(mistake.times, 'time')} you picked “`,
        { strong: note.text },
        // Why not is said above of what was taken now.
        ...(note.taken || note.why === undefined ? ['”.'] : ['”. ', ...spans(note.why)]),
      ],
    })
  }
  const [concept] = question.concepts
  if (concept !== undefined) {
    blocks.push({
      type: 'paragraph',
      text: ['Read it before it comes back: ', { role: 'accent', text: `quiz explain ${concept}` }],
    })
  }
  return [{ type: 'callout', tone: 'note', title: `Missed ${count(misses, 'time')}`, blocks }]
}
