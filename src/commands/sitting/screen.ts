import type { Bank } from '../../bank/bank.ts'
import { words } from '../../bank/prose.ts'
import type { Ask, Heard } from '../../kinds/ask.ts'
import { render } from '../../render/index.ts'
import type { Screen } from '../../screen.ts'
import { conceptDoc, explained } from '../../view/concept.ts'
import type { Doc } from '../../view/doc.ts'
import { flaggedDoc } from '../../view/history.ts'
import { type Found, summaryDoc } from '../../view/lists.ts'
import { nothingDoc } from '../../view/nothing.ts'
import { openingDoc } from '../../view/opening.ts'
import { modelAnswerDoc, questionDoc } from '../../view/question.ts'
import { otherReasons, type Verdict, verdictDoc } from '../../view/verdict.ts'
import type { World } from '../../world.ts'
import type { Conversation } from './conversation.ts'

/** How many concepts a summary sends the person to. */
const READ_NEXT = 5

/** A drill with a person, by keys or by typed lines. */
export async function onScreen(world: World, bank: Bank, screen: Screen): Promise<Conversation> {
  const prompt = await world.prompter(screen)
  const topics = new Map(bank.topics().map(it => [it.id, it.title]))
  const title = (topic: string) => topics.get(topic) ?? topic
  const show = async (doc: Doc) => {
    if (doc.length > 0) world.out(`\n${await render(doc, 'text', screen)}`)
  }
  const missed = new Map<string, Verdict>()

  const goOn = async (
    verdict: Verdict,
    flag: (() => void) | undefined,
  ): Promise<'next' | 'undo' | 'quit'> => {
    const others = otherReasons(verdict)
    const key = (letter: string, text: string, index: number) => ({ key: letter, text, index })
    const next = key('n', 'next', 0)
    const why = others.length > 0 ? [key('w', 'why not the others', 1)] : []
    const explain = key('e', 'explain', 2)
    let ask: Ask = {
      type: 'press',
      // What is missed again and again is read before it is asked again, unless the person insists.
      keys: [
        ...(verdict.leech === undefined ? [next, ...why, explain] : [explain, next, ...why]),
        ...(flag === undefined ? [] : [key('f', 'flag', 3)]),
      ],
    }
    for (;;) {
      const heard: Heard = await prompt(ask, { canUndo: true })
      if ('wish' in heard) return heard.wish === 'skip' ? 'next' : heard.wish
      switch (heard.answer) {
        case 'w':
          await show(others)
          break
        case 'e':
          await show(mainConcept(bank, verdict))
          break
        case 'f':
          flag?.()
          await show(flaggedDoc(verdict.question.id))
          break
        default:
          return 'next'
      }
      world.out('\n')
      ask = { ...ask, keys: ask.keys.filter(it => it.key !== heard.answer) }
    }
  }

  return {
    start: beginning => show(openingDoc(beginning)),
    nothing: (_, nothing) => show(nothingDoc(nothing)),
    async ask(shown, check, canUndo) {
      await show(questionDoc(shown, title(shown.question.topic)))
      world.out('\n')
      return prompt(shown.ask, { check, canUndo })
    },
    async tick(shown, check, canUndo, confidence) {
      if (shown.question.kind !== 'open') throw new Error('only open questions are ticked')
      await show(modelAnswerDoc(shown.question.answer))
      world.out('\n')
      return prompt(shown.ask, { check, canUndo, confidence })
    },
    async tell(verdict, flag) {
      if (!verdict.mark.right) missed.set(verdict.question.id, verdict)
      await show(verdictDoc(verdict))
      world.out('\n')
      return goOn(verdict, flag)
    },
    async reveal(verdicts) {
      if (verdicts.length > 0) await show([{ type: 'heading', level: 1, text: 'Your answers' }])
      for (const it of verdicts) {
        if (!it.mark.right) missed.set(it.question.id, it)
        await show([...questionDoc(it, title(it.question.topic)), ...verdictDoc(it)])
      }
    },
    async end(summary, timeUp) {
      if (timeUp) {
        await show([{ type: 'callout', tone: 'note', title: 'The time is up.', blocks: [] }])
      }
      const ids = summary.topics.flatMap(it => it.missed)
      const concepts = [...new Set(ids.flatMap(id => missed.get(id)?.question.concepts[0] ?? []))]
      const next = concepts.slice(0, READ_NEXT).flatMap((id): Found[] => {
        const it = bank.concept(id)
        return it === undefined ? [] : [{ ref: id, title: it.title, gist: words(it.gist) }]
      })
      await show(summaryDoc(summary, title, next))
    },
  }
}

/** The main concept behind a question, in full. */
function mainConcept(bank: Bank, { question }: Verdict): Doc {
  const concept = bank.concept(question.concepts[0] ?? '')
  return concept === undefined ? [] : conceptDoc(explained(bank, concept))
}
