/**
 * A drill, as data. `step` is the only way forward and it is pure, so a whole sitting can be tested by folding events
 * over `start`, and undo is nothing more than going back to the moment before the last answer.
 *
 *     start ──▶ asking ──answered──▶ reviewing ──next──▶ asking ──▶ … ──▶ done
 *                 │ ▲                    │                  │
 *                 │ └────────undo────────┴──────undo────────┘
 *                 └─skipped─▶ asking     every phase ──quit──▶ done
 */
export interface Session {
  readonly phase: 'asking' | 'reviewing' | 'done'
  /** Question ids still to ask; the first one is on screen, also while its verdict is. */
  readonly queue: readonly string[]
  readonly answers: readonly Answer[]
  /** An exam tells nothing before the end and asks nothing twice. */
  readonly exam: boolean
  /** The session as it was when the last answer was given; so on for the last `UNDOS` answers. */
  readonly before?: Session
}

export interface Answer {
  readonly question: string
  /** 0 to 1. */
  readonly score: number
  readonly right: boolean
}

export type Event =
  | { readonly type: 'answered'; readonly score: number; readonly right: boolean }
  | { readonly type: 'skipped' }
  | { readonly type: 'next' }
  | { readonly type: 'undo' }
  | { readonly type: 'quit' }

/** How many other questions come before a missed one comes back, where there are as many. */
const SPACING = 3

export function start(questions: readonly string[], { exam = false } = {}): Session {
  return { phase: questions.length === 0 ? 'done' : 'asking', queue: questions, answers: [], exam }
}

/** The session after an event. Events that make no sense in the current phase leave it as it is. */
export function step(session: Session, event: Event): Session {
  const [question, ...rest] = session.queue
  switch (event.type) {
    case 'answered': {
      if (session.phase !== 'asking' || question === undefined) return session
      const { score, right } = event
      // A miss comes back later in the sitting, after every showing that was not right.
      const queue =
        right || session.exam
          ? session.queue
          : [question, ...rest.slice(0, SPACING), question, ...rest.slice(SPACING)]
      const answers = [...session.answers, { question, score, right }]
      return {
        phase: 'reviewing',
        queue,
        answers,
        exam: session.exam,
        before: cut(session, UNDOS - 1),
      }
    }
    case 'skipped': {
      if (session.phase !== 'asking') return session
      // All its showings are skipped, or it would be back in a moment.
      const queue = rest.filter(it => it !== question)
      return { ...session, queue, phase: queue.length === 0 ? 'done' : 'asking' }
    }
    case 'next':
      if (session.phase !== 'reviewing') return session
      return { ...session, queue: rest, phase: rest.length === 0 ? 'done' : 'asking' }
    case 'undo':
      return session.before ?? session
    case 'quit':
      return { ...session, phase: 'done' }
  }
}

/** So many answers can be taken back, one after the other. The way back to all of them would take more and more memory. */
export const UNDOS = 50

/** A session from which so many answers can be taken back at most. */
function cut(session: Session, undos: number): Session {
  const { before, ...rest } = session
  return before === undefined || undos === 0 ? rest : { ...rest, before: cut(before, undos - 1) }
}

/** Where a session stands. */
export interface Place {
  /** The showing that is on screen, from 1. */
  readonly n: number
  /** Showings in all, as things are; each miss adds one. */
  readonly of: number
  /** Whether the question on screen was shown before in this sitting. */
  readonly again: boolean
  /** How often it was, so that each showing has its own shuffle. */
  readonly showing: number
}

export function place({ phase, queue, answers }: Session): Place {
  // While a verdict is on screen, its question is still the first of the queue and already among the answers.
  const given = phase === 'reviewing' ? answers.length - 1 : answers.length
  const showing = answers.slice(0, given).filter(it => it.question === queue[0]).length
  return { n: given + 1, of: given + queue.length, again: showing > 0, showing }
}

export interface Summary {
  /** Questions answered at least once. */
  readonly asked: number
  /** Mean score of first answers, 0 to 1; 0 if nothing was asked. */
  readonly score: number
  readonly topics: readonly TopicSummary[]
}

export interface TopicSummary {
  readonly topic: string
  readonly asked: number
  readonly score: number
  /** Questions whose first answer was not right, in the order asked. */
  readonly missed: readonly string[]
}

/** What came of it. First answers count; getting a question right when it comes back is for learning. */
export function summary({ answers }: Session): Summary {
  const first = answers.filter(
    (it, index) => answers.findIndex(other => other.question === it.question) === index,
  )
  const topics = [...new Set(first.map(it => topicOf(it.question)))]
  return {
    asked: first.length,
    score: mean(first),
    topics: topics.map(topic => {
      const own = first.filter(it => topicOf(it.question) === topic)
      return {
        topic,
        asked: own.length,
        score: mean(own),
        missed: own.filter(it => !it.right).map(it => it.question),
      }
    }),
  }
}

function topicOf(question: string): string {
  return question.slice(0, question.indexOf('/'))
}

function mean(answers: readonly Answer[]): number {
  return answers.length === 0 ? 0 : answers.reduce((sum, it) => sum + it.score, 0) / answers.length
}
