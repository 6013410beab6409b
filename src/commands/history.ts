import type { Bank } from '../bank/bank.ts'
import { answers, type Past, sittings } from '../memory/history.ts'
import { readLog } from '../memory/log.ts'
import { normalise } from '../nearest.ts'
import { historyDoc } from '../view/history.ts'
import type { World } from '../world.ts'
import { openBanks, type Printing, print, promptsOf, topicsNamed } from './output.ts'

const DEFAULT_NUMBER = 20

/** `quiz history`: what was answered, the newest first. */
export async function history(
  world: World,
  words: readonly string[],
  options: Printing & { readonly number?: number },
): Promise<void> {
  const bank = await openBanks(world, options)
  const { lines, unread } = readLog(world.paths.data)
  const all = answers(lines, bank.renames())
  const wanted = about(bank, words, all)
  const found = all.filter(it => wanted(it.question))
  const shown = found.slice(0, options.number ?? DEFAULT_NUMBER)
  await print(
    world,
    options,
    () =>
      historyDoc(
        sittings(found, shown.length),
        found.length,
        unread,
        promptsOf(
          bank,
          shown.map(it => it.question),
        ),
      ),
    () => ({ of: found.length, answers: shown.map(answerData), unread }),
    'What you answered',
  )
}

/** Which questions are meant by these words: names of topics, also of those that no bank has any more, and ids of questions. */
function about(
  bank: Bank,
  words: readonly string[],
  all: readonly Past[],
): (question: string) => boolean {
  if (words.length === 0) return () => true
  const ids = new Set(all.map(it => it.question))
  const topics = new Set([...ids].map(it => it.slice(0, it.indexOf('/'))))
  const known = words.filter(it => ids.has(it) || topics.has(it))
  const names = bank.names()
  const named = topicsNamed(
    bank,
    words.filter(it => !known.includes(it)),
    name => names.get(normalise(name)) ?? [],
  )
  const wanted = new Set([...known, ...named])
  return question => wanted.has(question) || wanted.has(question.slice(0, question.indexOf('/')))
}

function answerData({ review, question, takenBack }: Past) {
  const { id, at, device, sitting, mode, score, reply, confidence, ms, again } = review
  return {
    question,
    formerly: review.question === question ? null : review.question,
    at,
    score,
    reply,
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
