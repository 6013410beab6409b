import type { Random } from '../random.ts'
import { lab, pick } from './lab.ts'
import { flag, texts } from './parameters.ts'
import { list, num } from './said.ts'

const ROLES = { ann: 'patient', ben: 'patient', cleo: 'clerk', root: 'admin' } as const
type Caller = keyof typeof ROLES | 'nobody'
type Action = 'read' | 'edit' | 'delete'
type Reach = 'own' | 'any' | 'no'

/** Who may do what to which records. */
const MATRIX: Record<(typeof ROLES)[keyof typeof ROLES], Record<Action, Reach>> = {
  patient: { read: 'own', edit: 'own', delete: 'no' },
  clerk: { read: 'any', edit: 'no', delete: 'no' },
  admin: { read: 'any', edit: 'any', delete: 'any' },
}
const VERB: Record<Action, string> = { read: 'GET', edit: 'PATCH', delete: 'DELETE' }

interface Scenario {
  readonly owners: readonly string[]
  readonly hides: boolean
  readonly requests: readonly string[]
}

/** What a wrong rule changes. */
interface Twist {
  /** Statuses of a record that is there and out of sight, and of one that is not there. */
  readonly unseen?: (hides: boolean) => number
  /** The role decides, and the owner is not looked at. */
  readonly ownerBlind?: boolean
  /** The record is looked up before anything else. */
  readonly recordFirst?: boolean
  /** What is refused is hidden, though the caller may read the record. */
  readonly hidesAll?: boolean
  /** Status for what the caller may not do. */
  readonly forbidden?: number
}

/**
 * Answers requests in the order that keeps secrets: who is it (401), is the record there as far as the caller can see, may
 * they do this (403). A record out of the caller's sight is answered like one that is not there when existence is to be hidden
 * (404, RFC 9110 §15.5.4), and with 403 otherwise; what the caller can see and may not do is 403 in either case. What was
 * deleted is gone for those who come later.
 */
function answer({ owners, hides, requests }: Scenario, twist: Twist = {}) {
  const { unseen = hides => (hides ? 404 : 403), forbidden = 403 } = twist
  const gone = new Set<string>()
  return requests.map(request => {
    const [caller, action, id] = request.split('-') as [Caller, Action, string]
    const owner = gone.has(id) ? 'none' : (owners[Number(id) - 1] ?? 'none')
    const absent = owner === 'none'
    const reached = (status: number, why: string) => ({ caller, action, id, owner, status, why })
    if (twist.recordFirst && absent) return reached(404, 'no such record')
    if (caller === 'nobody') return reached(401, 'no credentials')
    const sees = (reach: Reach) =>
      reach === 'any' || (reach === 'own' && (twist.ownerBlind || owner === caller))
    const own = MATRIX[ROLES[caller]]
    if (absent) return reached(404, 'no such record')
    if (!sees(own.read)) return reached(unseen(hides), OTHERS)
    if (!sees(own[action])) return reached(twist.hidesAll ? 404 : forbidden, 'seen, not permitted')
    if (action === 'delete') gone.add(id)
    return reached(action === 'delete' ? 204 : 200, 'permitted')
  })
}

/** Why a caller does not reach a record that is there. */
const OTHERS = "somebody else's"

type Answers = ReturnType<typeof answer>

const setting = ({ owners, hides }: Pick<Scenario, 'owners' | 'hides'>) =>
  `\`\`\`\n${['role     GET   PATCH  DELETE', ...Object.entries(MATRIX).map(([role, it]) => `${role.padEnd(8)} ${it.read.padEnd(5)} ${it.edit.padEnd(6)} ${it.delete}`)].join('\n')}\n\`\`\`\n\n` +
  `Records: ${list(owners.map((it, place) => (it === 'none' ? `${place + 1} does not exist` : `${place + 1} is ${it}'s`)))}. ` +
  `ann and ben are patients, cleo is a clerk, root an admin. ${
    hides
      ? 'Who may not read a record must not learn whether it exists.'
      : 'That a record exists is no secret, so 404 is kept for those that do not.'
  } The API checks who is calling, then whether the record is there for them, then whether they may do this.`

const line = (request: string) => {
  const [caller, action, id] = request.split('-') as [Caller, Action, string]
  return `${(caller === 'nobody' ? '(no token)' : caller).padEnd(11)} ${VERB[action].padEnd(6)} /records/${id}`
}

export const ownership = lab({
  id: 'ownership',
  title: 'Roles, owners and existence',
  summary:
    'Callers ask for records by number: which status each gets, with and without hiding existence.',
  concepts: ['auth/existence-leak', 'auth/bola', 'auth/rbac', 'auth/authorization'],
  sources: ['rfc9110#15.5.2', 'rfc9110#15.5.4', 'rfc9110#15.5.5', 'owasp-api1-2023#how-to-prevent'],
  rule: 'First who is asking (401); a record that the caller may not read is 404 if existence is hidden, else 403; one that they may read and not change is 403.',
  parameters: {
    hides: flag('who may not read a record must not learn that it exists'),
    owners: texts('owner of record 1, 2 and so on; none where there is no record', {
      least: 1,
      most: 6,
      of: ['ann', 'ben', 'none'],
    }),
    requests: texts('requests, each as caller-action-record', {
      least: 1,
      most: 8,
      form: {
        like: /^(nobody|ann|ben|cleo|root)-(read|edit|delete)-[1-9]$/,
        says: 'like ann-read-2, with nobody, ann, ben, cleo or root, read, edit or delete, and a number from 1 to 9',
      },
    }),
  },
  example: {
    hides: true,
    owners: ['ann', 'ben', 'none'],
    requests: ['ann-read-2', 'ann-read-3', 'ann-delete-1', 'nobody-read-3', 'cleo-edit-2'],
  },
  draw: random => drawRequests(random),
  run: it => answer(it),
  misconceptions: {
    'forbidden-hides': {
      belief: 'take 403 for the status that hides a record and 404 for the one that shows it',
      because: 'A 403 seems to say nothing about the record.',
      fact: 'A 403 beside the 404 of absent records tells exactly which ones exist; 404 for both hides it.',
      run: it => answer(it, { unseen: hides => (hides ? 403 : 404) }),
    },
    'role-is-enough': {
      belief: 'let the role decide and never compare the owner',
      because: 'The caller is logged in and patients may read records.',
      fact: 'That is broken object level authorization: each id in a request needs the check whose record it is.',
      run: it => answer(it, { ownerBlind: true }),
    },
    'record-first': {
      belief: 'look the record up before asking who the caller is',
      because: 'The handler begins with the id from the path.',
      fact: 'Authentication comes first; otherwise 404 and 401 tell strangers which records exist.',
      run: it => answer(it, { recordFirst: true }),
    },
    'hides-from-readers': {
      belief: 'answer 404 to every refusal, even if the caller may read the record',
      because: 'It gives away least.',
      fact: 'Who can read the record knows that it exists; 403 tells them the truth and hides nothing less.',
      run: it => answer(it, { hidesAll: true, unseen: () => 404 }),
    },
    'unauthorized-is-401': {
      belief: 'answer 401 to a known caller who may not do this',
      because: 'The reason phrase of 401 is Unauthorized.',
      fact: 'A 401 asks for credentials; these are valid, so the refusal is 403.',
      run: it => answer(it, { forbidden: 401, unseen: hides => (hides ? 404 : 401) }),
    },
  },
  questions: {
    statuses: {
      kind: 'choice',
      title: 'Which statuses do these requests get?',
      prompt: it =>
        `An API allows:\n\n${setting(it)}\n\n\`\`\`\n${it.requests.map((request, place) => `${place + 1}  ${line(request)}`).join('\n')}\n\`\`\`\n\nWhat is permitted gets 200${it.requests.some(request => request.includes('-delete-')) ? ', a DELETE 204' : ''}. Which statuses are sent, in this order?`,
      answer: answers => answers.map(it => num(it.status)).join(', '),
      how: answers =>
        answers
          .map(({ id, caller, status, why }) => `${caller} on ${id}: ${why}, ${status}`)
          .join('; ')
          .concat('.'),
      bare: true,
    },
    missing: {
      kind: 'number',
      title: 'How many of these requests get a 404?',
      unit: 'responses',
      prompt: it =>
        `A log has lost its statuses. The API allows:\n\n${setting(it)}\n\n\`\`\`\n${it.requests.map(line).join('\n')}\n\`\`\`\n\nHow many of these requests were answered with 404?`,
      answer: answers => answers.filter(it => it.status === 404).length,
      how: answers =>
        `${num(answers.filter(it => it.status === 404).length)} of ${num(answers.length)} requests: a record that does not exist${answers.some(it => it.status === 404 && it.why === OTHERS) ? ', or one that must look so' : ''}.`,
    },
    refused: {
      kind: 'number',
      title: 'How many of these requests get a 403?',
      unit: 'responses',
      prompt: it =>
        `An API allows:\n\n${setting(it)}\n\n\`\`\`\n${it.requests.map(line).join('\n')}\n\`\`\`\n\nHow many of these requests get a 403?`,
      answer: answers => answers.filter(it => it.status === 403).length,
      how: answers =>
        `${num(answers.filter(it => it.status === 403).length)} of ${num(answers.length)}: the caller is known, and to them it is no secret that the record exists.`,
    },
  },
  result: answers => answers.map(it => num(it.status)).join(', '),
  trace: answers => ({
    columns: ['caller', 'request', 'owner', 'finding', 'status'],
    rows: answers.map(({ caller, action, id, owner, why, status }) => [
      caller,
      `${VERB[action]} ${id}`,
      owner,
      why,
      num(status),
    ]),
  }),
  picture: (answers: Answers) =>
    [
      'caller      request            401 known?  404 there?  403 may?',
      ...answers.map(it => {
        const stage =
          it.why === 'no credentials'
            ? 0
            : it.why === 'no such record' || it.status === 404
              ? 1
              : it.why === 'permitted'
                ? 3
                : 2
        const marks = [0, 1, 2]
          .map(at => (at < stage ? '-->' : at === stage ? `x ${it.status}` : '').padEnd(12))
          .join('')
        return `${line(`${it.caller}-${it.action}-${it.id}`).padEnd(31)}${marks}${stage === 3 ? it.status : ''}`.trimEnd()
      }),
    ].join('\n'),
})

/** One's own, somebody else's and absent records, a visible one that may not be changed, and often a stranger. */
function drawRequests(random: Random) {
  const owners: ('ann' | 'ben' | 'none')[] = pick(random, [
    ['ann', 'ben', 'none'],
    ['ben', 'none', 'ann'],
    ['none', 'ann', 'ben'],
    ['ann', 'none', 'ben', 'ann'],
    ['ben', 'ann', 'none', 'none'],
  ])
  const record = (owner: string) =>
    1 +
    pick(
      random,
      owners.flatMap((it, place) => (it === owner ? [place] : [])),
    )
  const me = pick(random, ['ann', 'ben'])
  const other = me === 'ann' ? 'ben' : 'ann'
  const foreign = `${me}-${pick(random, ['read', 'edit', 'delete'])}-${record(other)}`
  const absent = `${pick(random, [me, 'cleo', 'root'])}-${pick(random, ['read', 'edit'])}-${record('none')}`
  const seen = pick(random, [
    `${me}-delete-${record(me)}`,
    `cleo-edit-${record(other)}`,
    `cleo-delete-${record(me)}`,
  ])
  const stranger = `nobody-${pick(random, ['read', 'edit'])}-${record(pick(random, ['none', me]))}`
  const fine = pick(random, [
    `${me}-edit-${record(me)}`,
    `root-edit-${record(other)}`,
    `cleo-read-${record(me)}`,
  ])
  const all = [foreign, absent, seen, stranger, fine]
  const from = Math.floor(random() * all.length)
  const turned = [...all.slice(from), ...all.slice(0, from)]
  return { owners, requests: turned.slice(0, pick(random, [4, 5])) }
}
