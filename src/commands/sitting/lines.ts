import { CONFIDENCES, type Confidence, type Heard, type Option } from '../../kinds/ask.ts'
import { kindOf } from '../../kinds/index.ts'
import { believed } from '../../labs/believed.ts'
import { dateOf } from '../../memory/day.ts'
import { inlineMarkdown, proseMarkdown } from '../../render/markdown.ts'
import { start, summary } from '../../session/session.ts'
import { doesCount } from '../../view/opening.ts'
import type { Shown } from '../../view/question.ts'
import type { Verdict } from '../../view/verdict.ts'
import type { World } from '../../world.ts'
import type { Beginning, Check, Conversation } from './conversation.ts'

/** A drill in JSON lines, as the README documents it: one object a line, both ways. The end of input is a quit. */
export function jsonLines(world: World): Conversation {
  const lines = world.lines()[Symbol.asyncIterator]()
  const say = (line: object) => world.out(`${JSON.stringify(line)}\n`)

  const hear = async (
    id: string,
    check: Check,
    field: string,
    canUndo: boolean,
  ): Promise<Heard> => {
    for (;;) {
      const { value, done } = await lines.next()
      if (done) return { wish: 'quit' }
      if (value.trim() === '') continue
      const heard = understood(value, field)
      const complaint =
        typeof heard === 'string'
          ? heard
          : 'answer' in heard
            ? check(heard.answer)
            : heard.wish === 'undo' && !canUndo
              ? 'there is no answer to take back yet'
              : undefined
      if (typeof heard !== 'string' && complaint === undefined) return heard
      say({ type: 'error', id, message: complaint })
    }
  }

  return {
    start: async it => say(startLine(it)),
    async nothing(beginning, { outlook: { next }, done }) {
      say({
        ...startLine(beginning),
        ...(done !== undefined && { done }),
        ...(next !== undefined && { next: { date: dateOf(next.day), questions: next.questions } }),
      })
      say({ type: 'summary', ...summary(start([])) })
    },
    ask(shown, check, canUndo) {
      say(questionLine(shown))
      return hear(shown.question.id, check, 'answer', canUndo)
    },
    async tick(shown, check, canUndo, confidence) {
      const { question, ask } = shown
      if (question.kind !== 'open' || ask.type !== 'tick')
        throw new Error('only open questions are ticked')
      say({
        type: 'reveal',
        id: question.id,
        answer: proseMarkdown(question.answer),
        points: options(ask.options),
      })
      const heard = await hear(question.id, check, 'points', canUndo)
      return confidence === undefined || 'wish' in heard ? heard : { confidence, ...heard }
    },
    async tell(verdict) {
      say(verdictLine(verdict))
      return 'next'
    },
    async reveal(verdicts) {
      for (const it of verdicts) say(verdictLine(it))
    },
    async end(result) {
      say({ type: 'summary', ...result })
      await lines.return?.()
    },
  }
}

/** A line as an answer or a wish, or a message that says how to write one. */
function understood(line: string, field: string): Heard | string {
  let value: unknown
  try {
    // A byte order mark, which some shells put before what they pipe, is white space to `trim`.
    value = JSON.parse(line.trim())
  } catch {
    return 'this is not JSON; write one object on one line'
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return `write an object, like {"${field}": …}`
  }
  const said = value as Record<string, unknown>
  for (const wish of ['quit', 'skip', 'undo'] as const) if (said[wish] === true) return { wish }
  const { confidence } = said
  if (confidence !== undefined && !CONFIDENCES.includes(confidence as Confidence)) {
    return 'confidence is guess, unsure or sure'
  }
  if (!(field in said))
    return `write {"${field}": …}, {"skip": true}, {"undo": true} or {"quit": true}`
  return {
    answer: said[field],
    ...(confidence !== undefined && { confidence: confidence as Confidence }),
  }
}

function startLine(beginning: Beginning): object {
  const { questions, seed, mode, why } = beginning
  return { type: 'start', questions, seed, mode, counts: doesCount(beginning), why }
}

function questionLine({ question, ask, place, queued, seed }: Shown): object {
  return {
    type: 'question',
    n: place.n,
    id: question.id,
    topic: question.topic,
    kind: question.kind,
    ...(seed !== undefined && { seed }),
    why: queued.why,
    ...(queued.of !== undefined && { of: queued.of }),
    ...(ask.type === 'pick' && { pick: ask.many ? 'many' : 'one' }),
    prompt: proseMarkdown(question.prompt),
    ...(ask.type === 'pick' && { choices: options(ask.options) }),
    ...(ask.type === 'arrange' && { items: options(ask.options) }),
    ...(ask.type === 'pair' && { left: options(ask.left), right: options(ask.right) }),
    ...(ask.type === 'number' && ask.unit !== undefined && { unit: ask.unit }),
  }
}

function verdictLine({ question, ask, mark, offered, confidence, leech }: Verdict): object {
  const met = believed(question, offered, mark)
  const kind = kindOf(question)
  const listed =
    ask.type === 'pick' || ask.type === 'arrange' || ask.type === 'tick'
      ? ask.options
      : ask.type === 'pair'
        ? ask.left
        : []
  return {
    type: 'verdict',
    id: question.id,
    score: mark.score,
    ...(confidence !== undefined && { confidence }),
    key: kind.wire(ask, kind.key(question)),
    notes: mark.notes.map(it => {
      const option = listed.find(o => o.index === it.option)
      return {
        ...(option !== undefined && { key: option.key }),
        ...(option === undefined && it.text !== '' && { text: inlineMarkdown(it.text) }),
        right: it.right,
        ...(it.why !== undefined && { why: inlineMarkdown(it.why) }),
      }
    }),
    ...(met !== undefined && { misconception: met }),
    explanation: question.explanation === undefined ? '' : proseMarkdown(question.explanation),
    sources: question.sources.map(({ title, url }) => ({ title, url })),
    ...(leech !== undefined && {
      leech: { misses: leech.misses, explain: question.concepts[0] ?? question.topic },
    }),
  }
}

function options(list: readonly Option[]): object[] {
  return list.map(({ key, text }) => ({ key, text: inlineMarkdown(text) }))
}
