import { lab, pick } from './lab.ts'
import { text } from './parameters.ts'
import { messages } from './picture.ts'

/** Versions, each a date like `2024-06-20` or a release like `2025-03-31.basil`; `none` where nothing is set. */
interface Setting {
  readonly account: string
  readonly sdk: string
  readonly header: string
  readonly endpoint: string
  readonly key: string
  readonly newest: string
}

interface Outcome {
  /** The version that the call is read and answered in. */
  readonly call: string
  /** The version that the event of it is written in. */
  readonly event: string
  /** Where each of the two comes from. */
  readonly from: readonly [call: string, event: string]
}

type Place = keyof Setting

const NAMES: Readonly<Record<Place, string>> = {
  header: 'the header',
  sdk: 'the SDK',
  account: 'the account',
  endpoint: 'the webhook endpoint',
  key: 'the API key',
  newest: 'the newest release',
}

/** The first place where a version is set. */
function first(setting: Setting, places: readonly Place[]): Place {
  return places.find(it => setting[it] !== 'none') ?? 'account'
}

/**
 * Stripe's order (How API versioning works, Set a Stripe API version). A call: the `Stripe-Version` header, else the version
 * that the server-side SDK is pinned to, else the account's default. An event: the version of the webhook endpoint, else the
 * account's default, whatever the call had that caused it. The arguments say which other order a wrong rule has.
 */
function effective(
  setting: Setting,
  {
    call = ['header', 'sdk', 'account'],
    event = ['endpoint', 'account'],
  }: { readonly call?: readonly Place[]; readonly event?: readonly Place[] } = {},
): Outcome {
  const [forCall, forEvent] = [first(setting, call), first(setting, event)]
  return {
    call: setting[forCall],
    event: setting[forEvent],
    from: [NAMES[forCall], NAMES[forEvent]],
  }
}

const RELEASE = /^\d{4}-\d\d-\d\d(\.[a-z]{1,12})?$/
const SET = { like: RELEASE, says: 'a version like 2024-06-20 or 2025-03-31.basil' }
const UNSET = {
  like: /^(none|\d{4}-\d\d-\d\d(\.[a-z]{1,12})?)$/,
  says: 'a version like 2024-06-20, or none',
}

function shown({ account, sdk, header, endpoint, key, newest }: Setting): string {
  const lines = [
    `account's default version   ${account}`,
    `API key created when        ${key} was the newest`,
    `newest version today        ${newest}`,
    `webhook endpoint            api_version: ${endpoint === 'none' ? 'null' : endpoint}`,
    `client                      ${sdk === 'none' ? 'curl' : `server-side SDK, pinned to ${sdk}`}`,
    `set on this call            ${header === 'none' ? 'nothing' : `Stripe-Version: ${header}`}`,
  ]
  return `\`\`\`text\n${lines.join('\n')}\n\`\`\``
}

export const effectiveVersion = lab({
  id: 'effective-version',
  title: 'Which API version applies',
  summary:
    'Versions set at account, SDK, header and webhook endpoint: which of them a call and its event get.',
  concepts: ['versioning/default-version', 'versioning/dated-versions'],
  sources: ['stripe-versions', 'stripe-set-version'],
  rule: 'A call takes the header, else the pin of the SDK, else the default of the account; an event takes the version of the endpoint, else that of the account.',
  parameters: {
    account: text("the account's default version", { form: SET }),
    sdk: text('the version that the SDK is pinned to, or none', { form: UNSET }),
    header: text('the version in the header of the call, or none', { form: UNSET }),
    endpoint: text('the version of the webhook endpoint, or none', { form: UNSET }),
    key: text('the newest version when the API key was created', { form: SET }),
    newest: text('the newest version today', { form: SET }),
  },
  example: {
    account: '2022-11-15',
    sdk: '2024-06-20',
    header: 'none',
    endpoint: 'none',
    key: '2023-10-16',
    newest: '2026-09-30.endive',
  },
  draw(random) {
    const [account, key] = [
      pick(random, ['2020-08-27', '2022-08-01', '2022-11-15']),
      pick(random, ['2023-08-16', '2023-10-16']),
    ]
    return {
      account,
      key,
      newest: pick(random, ['2026-08-26.dahlia', '2026-09-30.endive']),
      sdk: pick(random, ['none', '2024-04-10', '2024-06-20', '2025-03-31.basil']),
      header: pick(
        random,
        ['none', 'none', '2022-11-15', '2025-09-30.clover'].filter(it => it !== account),
      ),
      endpoint: pick(random, ['none', '2019-12-03', '2024-09-30.acacia']),
    }
  },
  run: it => effective(it),
  misconceptions: {
    'key-pins': {
      belief: 'take the version that was the newest when the API key was made',
      because: 'Articles say that a key is pinned to a version when it is created.',
      fact: 'The default belongs to the account, whatever key is used, and a pin of the SDK comes before it.',
      run: it => effective(it, { call: ['header', 'key'], event: ['endpoint', 'key'] }),
    },
    'newest-by-default': {
      belief: 'expect the newest version where the call does not name one',
      because: 'Many APIs serve the latest version to those who do not choose.',
      fact: 'Next comes the pin of the SDK, then the default of the account, which stays until somebody upgrades it.',
      run: it => effective(it, { call: ['header', 'newest'], event: ['endpoint', 'newest'] }),
    },
    'account-decides': {
      belief: 'let the default version of the account decide about everything',
      because: 'The dashboard shows one version for the account.',
      fact: 'It is a default: a header, the pin of an SDK and the version of an endpoint come before it.',
      run: it => effective(it, { call: ['account'], event: ['account'] }),
    },
    'pin-before-header': {
      belief: 'let the pin of the SDK overrule what the call itself sets',
      because: 'An SDK is made for one version.',
      fact: 'What is set for one call is the most specific choice and wins.',
      run: it => effective(it, { call: ['sdk', 'header', 'account'] }),
    },
    'event-follows-call': {
      belief: 'expect the event in the version of the call that caused it',
      because: 'Both are about the same object.',
      fact: 'Events have a version of their own: that of the endpoint, else the default of the account.',
      run: it => effective(it, { event: ['header', 'sdk', 'account'] }),
    },
  },
  questions: {
    versions: {
      kind: 'choice',
      title: 'Which API version do a call and its webhook event get?',
      prompt: it =>
        `A shop creates a payment at Stripe.\n\n${shown(it)}\n\nThe call leads to an event at the webhook endpoint. Which versions do the two have?`,
      answer: it => `call ${it.call}, event ${it.event}`,
      how: told,
    },
    call: {
      kind: 'text',
      title: 'Which API version does a call get?',
      prompt: it =>
        `A shop creates a payment at Stripe.\n\n${shown(it)}\n\nIn which version is the call answered?`,
      answer: it => it.call,
      // The date says it all; the name of a release is for people.
      accept: answer => [answer.replace(/\..*/, '')],
      how: told,
    },
    event: {
      kind: 'text',
      title: 'Which API version does a webhook event get?',
      prompt: it =>
        `A shop creates a payment at Stripe.\n\n${shown(it)}\n\nThe payment leads to an event at the webhook endpoint. In which version is the event written?`,
      answer: it => it.event,
      accept: answer => [answer.replace(/\..*/, '')],
      how: told,
    },
  },
  result: it => `call ${it.call}, event ${it.event}`,
  trace: (_, { header, sdk, endpoint, account }) => ({
    columns: ['set at', 'for calls', 'for events'],
    rows: [
      ['header', header, ''],
      ['SDK', sdk, ''],
      ['endpoint', '', endpoint],
      ['account', account, account],
    ],
  }),
  picture: ({ call, event, from }) =>
    messages([
      { from: 'shop', to: 'Stripe', says: `call in ${call}, from ${from[0]}` },
      { from: 'Stripe', to: 'shop', says: `event in ${event}, from ${from[1]}` },
    ]),
})

function told({ call, event, from }: Outcome): string {
  return `Call: ${from[0]} decides, ${call}. Event: ${from[1]} decides, ${event}.`
}
