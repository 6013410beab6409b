import type { Bank } from '../bank/bank.ts'
import { lookBack, type Past } from '../memory/history.ts'
import { eachLine, type Left } from '../memory/log.ts'
import { normalise } from '../nearest.ts'
import { historyDoc } from '../view/history.ts'
import type { World } from '../world.ts'
import { noQuestion, openBanks, type Printing, print, promptsOf, topicsNamed } from './output.ts'

const DEFAULT_NUMBER = 20

/** `quiz history`: what was answered, the newest first. */
export async function history(
  world: World,
  words: readonly string[],
  options: Printing & { readonly number?: number },
): Promise<void> {
  const bank = await openBanks(world, options)
  const { wanted, check } = about(bank, words)
  const unread: Left[] = []
  const { of, answers, sittings } = lookBack(eachLine(world.paths.data, unread), {
    renames: bank.renames(),
    wanted,
    number: options.number ?? DEFAULT_NUMBER,
  })
  check()
  await print(
    world,
    options,
    () =>
      historyDoc(
        sittings,
        of,
        unread,
        promptsOf(
          bank,
          answers.map(it => it.question),
        ),
      ),
    () => ({ of, answers: answers.map(answerData), unread }),
    'What you answered',
  )
}

/**
 * Which questions are meant by these words: names of topics, or ids of questions. The log may also have those that no bank
 * has any more; `check`, once it was read, throws `UserError` if a word was no name of them either.
 */
function about(bank: Bank, words: readonly string[]) {
  const names = words.length > 0 ? bank.names() : new Map<string, string[]>()
  const find = (name: string) => names.get(normalise(name)) ?? []
  const renames = bank.renames()
  const topics = bank.topics().map(it => it.id)
  const wanted = new Set<string>()
  const unknown = new Set<string>()
  for (const word of words) {
    const topic = find(word).find(it => topics.includes(it))
    const meant = topic ?? renames.get(word) ?? word
    wanted.add(meant)
    if (topic === undefined) unknown.add(meant)
  }
  return {
    wanted(question: string): boolean {
      if (words.length === 0) return true
      const topic = question.slice(0, question.indexOf('/'))
      unknown.delete(question)
      unknown.delete(topic)
      return wanted.has(question) || wanted.has(topic)
    },
    check() {
      const ids = new Set(unknown.size > 0 ? bank.candidates().ids() : [])
      for (const it of unknown) {
        if (ids.has(it)) continue
        if (it.includes('/')) throw noQuestion(it, ids)
        topicsNamed(bank, [it], find)
      }
    },
  }
}

function answerData({ review, question, takenBack }: Past) {
  const { id, at, device, sitting, mode, score, reply, confidence, ms, again } = review
  const { seed = null, believed = null } = review
  return {
    question,
    formerly: review.question === question ? null : review.question,
    at,
    score,
    reply,
    seed,
    believed,
    confidence: confidence ?? null,
    ms,
    again: again ?? false,
    takenBack,
    mode,
    sitting,
    device,
    id,
  }
}
