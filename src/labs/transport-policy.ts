import type { Random } from '../random.ts'
import { lab, pick } from './lab.ts'
import { flag, one, texts } from './parameters.ts'
import { list, num } from './said.ts'

const ACTIONS = { get: 's3:GetObject', put: 's3:PutObject', list: 's3:ListBucket' } as const
type Action = keyof typeof ACTIONS
type Caller = 'ana' | 'ben' | 'eve'
type Transport = 'tls' | 'plain' | 'absent'

interface Scenario {
  readonly operator: 'Bool' | 'BoolIfExists'
  readonly scope: 'bucket' | 'objects' | 'both'
  readonly ben: boolean
  readonly requests: readonly string[]
}

/** What a wrong rule changes. */
interface Twist {
  /** An allow in the caller's own policy beats the deny. */
  readonly allowWins?: boolean
  /** An absent key counts as false. */
  readonly absentIsFalse?: boolean
  /** The bucket's ARN and that of its objects stand for each other. */
  readonly scopeCovers?: boolean
  /** What is not denied is allowed. */
  readonly openByDefault?: boolean
  /** The caller's own policy and that of the bucket both have to allow. */
  readonly bothAllow?: boolean
}

/**
 * Evaluates requests of one AWS account against the callers' own policies and a bucket policy, as IAM does: an explicit deny that
 * applies ends it; otherwise one allow, in either policy, is enough; otherwise the request is denied implicitly. A condition on a
 * key that is absent is false, except with `…IfExists`, where it is true. Listing concerns the bucket, the rest its objects.
 */
function evaluate({ operator, scope, ben, requests }: Scenario, twist: Twist = {}) {
  return requests.map(request => {
    const [caller, transport, action] = request.split('-') as [Caller, Transport, Action]
    const applies =
      twist.scopeCovers || scope === 'both' || (action === 'list') === (scope === 'bucket')
    const insecure =
      transport === 'plain' ||
      (transport === 'absent' && (operator === 'BoolIfExists' || twist.absentIsFalse === true))
    const own = caller === 'ana'
    const bucket = caller === 'ben' && ben && action === 'get'
    const denied = applies && insecure && !(twist.allowWins && (own || bucket))
    const allowed = twist.openByDefault || (twist.bothAllow ? own && bucket : own || bucket)
    const why = denied ? 'explicit deny' : allowed ? 'allowed' : 'nothing allows it'
    return { caller, transport, action, allowed: !denied && allowed, why }
  })
}

type Verdicts = ReturnType<typeof evaluate>
const VALUES: Record<Transport, string> = { tls: 'true', plain: 'false', absent: '(absent)' }
const ARN = 'arn:aws:s3:::reports'
const RESOURCE = { bucket: `"${ARN}"`, objects: `"${ARN}/*"`, both: `["${ARN}", "${ARN}/*"]` }

/** The bucket's policy, without the parts that are always the same. */
function policy({ operator, scope, ben }: Scenario): string {
  const allow = `{ "Effect": "Allow", "Action": "s3:GetObject",\n    "Principal": { "AWS": "arn:aws:iam::111122223333:user/ben" },\n    "Resource": "${ARN}/*" }`
  const deny = `{ "Effect": "Deny", "Principal": "*", "Action": "s3:*",\n    "Resource": ${RESOURCE[scope]},\n    "Condition": {\n      "${operator}": { "aws:SecureTransport": "false" } } }`
  return `\`\`\`json\n[ ${[...(ben ? [allow] : []), deny].join(',\n  ')} ]\n\`\`\``
}

const log = (requests: readonly string[]) =>
  [
    '   caller  action          aws:SecureTransport',
    ...requests.map((request, place) => {
      const [caller = '', transport, action] = request.split('-') as [string, Transport, Action]
      return `${place + 1}  ${caller.padEnd(7)} ${ACTIONS[action].padEnd(15)} ${VALUES[transport]}`
    }),
  ].join('\n')

const setting = (it: Scenario) =>
  `A bucket's policy has ${it.ben ? 'these statements' : 'this statement'}:\n\n${policy(it)}\n\n` +
  `ana's own policy allows \`s3:*\` on the bucket and its objects; ben and eve have no policy of their own. All belong to the bucket's account. ` +
  `A policy simulator is given these requests, with the condition key as shown:\n\n\`\`\`\n${log(it.requests)}\n\`\`\`\n\n`

const places = (verdicts: Verdicts, why: (it: Verdicts[number]) => boolean) =>
  verdicts.flatMap((it, place) => (why(it) ? [num(place + 1)] : []))

export const transportPolicy = lab({
  id: 'transport-policy',
  title: 'Bucket policy and transport',
  summary:
    'A bucket policy denies requests without TLS: which requests are allowed, and which denied.',
  concepts: ['api-security/https-only-api', 'auth/policy-engine', 'api-security/tls'],
  sources: [
    'aws-condition-keys#condition-keys-securetransport',
    'aws-policy-evaluation',
    'aws-condition-operators',
  ],
  rule: 'A deny that applies wins; else one allow in either policy is enough; else no. An absent key matches nothing with `Bool`, and everything with `BoolIfExists`.',
  parameters: {
    operator: one('operator of the condition', ['Bool', 'BoolIfExists']),
    scope: one('what the deny covers: the bucket, its objects, or both', [
      'both',
      'objects',
      'bucket',
    ]),
    ben: flag('the bucket policy allows ben to get objects'),
    requests: texts('requests, each as caller-transport-action', {
      most: 8,
      form: {
        like: /^(ana|ben|eve)-(tls|plain|absent)-(get|put|list)$/,
        says: 'like ana-plain-get, with ana, ben or eve, tls, plain or absent, and get, put or list',
      },
    }),
  },
  example: {
    operator: 'Bool',
    scope: 'objects',
    ben: true,
    requests: ['ana-plain-get', 'ana-plain-list', 'ana-absent-put', 'ben-tls-get', 'eve-tls-get'],
  },
  draw: random => ({ requests: drawRequests(random) }),
  run: it => evaluate(it),
  misconceptions: {
    'allow-wins': {
      belief: 'let an allow for the caller beat the deny of the bucket',
      because: 'The more specific grant seems to be meant.',
      fact: 'The order of policies does not matter: one deny that applies ends it.',
      run: it => evaluate(it, { allowWins: true }),
    },
    'absent-is-false': {
      belief: 'treat an absent condition key as false',
      because: 'No sign of TLS looks like no TLS.',
      fact: 'With `Bool` a key that is absent matches nothing, so the deny does not apply; `BoolIfExists` makes it apply.',
      run: it => evaluate(it, { absentIsFalse: true }),
    },
    'arn-covers-all': {
      belief: 'take the ARN of a bucket and that of its objects for the same resource',
      because: 'The objects are in the bucket.',
      fact: '`ListBucket` is checked against the bucket, `GetObject` and `PutObject` against `bucket/*`; a deny on one leaves the other open.',
      run: it => evaluate(it, { scopeCovers: true }),
    },
    'open-by-default': {
      belief: 'allow what no statement denies',
      because: 'The request came over TLS, as the policy wants.',
      fact: 'Everything starts denied; a Deny with a condition allows nobody who does not meet it.',
      run: it => evaluate(it, { openByDefault: true }),
    },
    'both-must-allow': {
      belief: "want an allow in the caller's policy and in the bucket's",
      because: 'Between two accounts it is so.',
      fact: 'Within one account an allow in either policy is enough.',
      run: it => evaluate(it, { bothAllow: true }),
    },
  },
  questions: {
    allowed: {
      kind: 'choice',
      title: 'Which requests does this bucket policy leave allowed?',
      prompt: it => `${setting(it)}Which of them are allowed?`,
      answer: verdicts => list(places(verdicts, it => it.allowed)),
      how: verdicts =>
        `Allowed: ${list(places(verdicts, it => it.allowed))}. Stopped by the deny: ${list(places(verdicts, it => it.why === 'explicit deny'))}.`,
    },
    refused: {
      kind: 'number',
      title: 'How many requests are refused under this bucket policy?',
      unit: 'requests',
      prompt: it =>
        `${setting(it)}How many of them are refused, by the deny or because nothing allows them?`,
      answer: verdicts => places(verdicts, it => !it.allowed).length,
      how: verdicts =>
        `The deny stops ${list(places(verdicts, it => it.why === 'explicit deny'))}; nothing allows ${list(places(verdicts, it => it.why === 'nothing allows it'))}.`,
    },
  },
  result: verdicts =>
    `${num(places(verdicts, it => it.allowed).length)} of ${num(verdicts.length)} allowed: ${list(places(verdicts, it => it.allowed))}`,
  trace: verdicts => ({
    columns: ['#', 'caller', 'action', 'TLS key', 'verdict'],
    rows: verdicts.map(({ caller, transport, action, why }, place) => [
      num(place + 1),
      caller,
      ACTIONS[action],
      VALUES[transport],
      why,
    ]),
  }),
  picture: verdicts =>
    [
      '#  request                      deny?  allow?',
      ...verdicts.map(
        ({ caller, transport, action, why }, place) =>
          `${place + 1}  ${`${caller} ${action}, key ${VALUES[transport]}`.padEnd(28)} ${why === 'explicit deny' ? 'yes x' : why === 'allowed' ? 'no     yes -->' : 'no     no x'}`,
      ),
    ].join('\n'),
})

/** One request for each thing that can be misread, in some order. */
function drawRequests(random: Random): string[] {
  const all = [
    pick(random, ['ana-plain-get', 'ana-plain-put', 'ben-plain-get']),
    pick(random, ['ana-plain-list', 'ana-plain-get']),
    pick(random, ['ana-absent-get', 'ana-absent-put', 'ana-absent-list']),
    pick(random, ['eve-tls-get', 'ben-tls-put', 'eve-tls-list', 'ben-tls-list']),
    pick(random, ['ben-tls-get', 'ana-tls-put', 'ana-tls-list']),
  ]
  const from = Math.floor(random() * all.length)
  return [...new Set([...all.slice(from), ...all.slice(0, from)])].slice(0, pick(random, [4, 5]))
}
