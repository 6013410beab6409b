import { type Candidate, kindsOf, type Listed, some } from '../bank/candidates.ts'
import { KINDS } from '../bank/columns.ts'
import type { Random } from '../random.ts'

/**
 * Draws questions one after the other until there are none left, and works out no more than what is taken.
 *
 * Topics take turns: the next one is that whose weakness divided by one more than its turns so far is greatest, so the
 * weakest comes first and a topic twice as weak comes twice as often (the method of highest averages; V. D'Hondt, 1878).
 * Topics of equal weakness come in a random order, and so do the questions of one topic, except that every second one is
 * about a concept that is confused with the one before, if there is such a question, and that every fifth one is computed by a
 * lab, as long as there are both. Weakness is over 0.
 */
export function* spread(
  byTopic: ReadonlyMap<string, Listed<Candidate>>,
  weakness: (topic: string) => number,
  confusions: ReadonlyMap<string, ReadonlySet<string>>,
  random: Random,
): Generator<Candidate, void, undefined> {
  const topics = [...byTopic].map(([topic, own]) => ({
    draws: withLabs(own, confusions, random),
    weakness: weakness(topic),
    turns: 0,
    lot: random(),
  }))
  while (topics.length > 0) {
    let next = topics[0]!
    let most = 0
    for (const it of topics) {
      const claim = it.weakness / (it.turns + 1)
      if (claim > most || (claim === most && it.lot < next.lot)) {
        next = it
        most = claim
      }
    }
    next.turns++
    const { done, value } = next.draws.next()
    if (done) topics.splice(topics.indexOf(next), 1)
    else yield value
  }
}

/** Of so many questions of a topic one is computed by a lab. */
const ONE_LAB_IN = 5

/** The questions of one topic, those of labs among the others. */
function* withLabs(
  candidates: Listed<Candidate>,
  confusions: ReadonlyMap<string, ReadonlySet<string>>,
  random: Random,
): Generator<Candidate, void, undefined> {
  const computed: number[] = []
  const written: number[] = []
  for (const [place, kind] of kindsOf(candidates).entries()) {
    if (kind === LAB) computed.push(place)
    else written.push(place)
  }
  if (computed.length === 0 || written.length === 0) {
    yield* draws(candidates, confusions, random)
    return
  }
  const labs = draws(some(candidates, computed), confusions, random)
  const others = draws(some(candidates, written), confusions, random)
  const first = Math.floor(random() * ONE_LAB_IN)
  for (let nth = 0; nth < candidates.length; nth++) {
    const [one, other] = nth % ONE_LAB_IN === first ? [labs, others] : [others, labs]
    const next = one.next()
    const it = next.done ? other.next() : next
    if (!it.done) yield it.value
  }
}

const LAB = KINDS.indexOf('lab')

/** How far to look for a confusable question: no topic of ours has more, and in a bank that is one huge topic it stays quick. */
const LOOK_AHEAD = 100

/** The questions of one topic, some of them in pairs: a shuffle (see random.ts) that goes no further than what is taken. */
function* draws(
  candidates: Listed<Candidate>,
  confusions: ReadonlyMap<string, ReadonlySet<string>>,
  random: Random,
): Generator<Candidate, void, undefined> {
  /** Which candidate is where, as far as it is another one than at first. */
  const moved = new Map<number, number>()
  const placeOf = (place: number) => moved.get(place) ?? place
  const look = (place: number) => candidates.at(placeOf(place))!
  const { length } = candidates
  let at = 0
  const take = (place: number) => {
    const it = look(place)
    moved.set(place, placeOf(at))
    at++
    return it
  }
  while (at < length) {
    const it = take(at + Math.floor(random() * (length - at)))
    yield it
    const confusing = confusions.get(it.concepts[0] ?? '')
    if (confusing === undefined) continue
    const end = Math.min(length, at + LOOK_AHEAD)
    for (let place = at; place < end; place++) {
      if (!confusing.has(look(place).concepts[0] ?? '')) continue
      yield take(place)
      break
    }
  }
}
