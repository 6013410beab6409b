import { type Course, type Make, secondsOf } from '../course.ts'

/**
 * Does what ours does, knowing the truth: the learner's parameters and pace, the strength of every question by now, and which
 * questions that were never asked are known already. Nobody could know that without asking, so no planner will come up to it.
 */
export const oracle: Make = course => {
  let queue: number[] = []
  return {
    begin(day) {
      const value = course.exam.questions.map((_, it) => gainASecond(course, it, day))
      queue = [...value.keys()].sort((a, b) => value[a]! - value[b]!)
    },
    next: () => queue.pop(),
    seen() {},
  }
}

/** Gain of expected recall on the day for each second. */
function gainASecond(course: Course, it: number, day: number): number {
  const { exam, learner, horizon, stability, difficulty, last } = course
  const { memory } = learner
  const ahead = horizon - day
  const s = stability[it]!
  if (s === 0) {
    const gain = memory.recall(learner.firstStability[it]!, ahead)
    return (exam.weight[it]! * gain) / secondsOf(course, it, 0)
  }
  const days = day - last[it]!
  const recall = memory.recall(s, days)
  const gain =
    recall * memory.recall(memory.recalled(s, difficulty[it]!, recall), ahead) +
    (1 - recall) * memory.recall(memory.forgotten(s, difficulty[it]!, recall), ahead) -
    memory.recall(s, days + ahead)
  return (exam.weight[it]! * gain) / secondsOf(course, it, recall)
}
