import { lab } from './lab.ts'
import { one, whole } from './parameters.ts'
import { count, num } from './said.ts'

const LIFETIMES = ['singleton', 'scoped', 'transient'] as const
type Lifetime = (typeof LIFETIMES)[number]

/** How many objects of each class were made. */
interface Outcome {
  readonly services: number
  readonly repositories: number
  /** How many of them the last request sees that an earlier one has seen. */
  readonly carried: number
}

interface Scenario {
  readonly service: Lifetime
  readonly repository: Lifetime
  readonly requests: number
  readonly resolves: number
}

/**
 * A container, one scope a request. In each request the handler resolves the service `resolves` times, and the repository once by
 * itself; the constructor of the service takes a repository. A singleton is made once and keeps what it was given, a scoped object once in
 * each scope, a transient one at each resolution (.NET, Service lifetimes). A singleton is resolved from the root, so what is scoped is
 * made there for it: a captive dependency, with scope validation off.
 */
function replay({ service, repository, requests, resolves }: Scenario): Outcome {
  const root = new Map<string, number>()
  let made = 0
  const count = { service: 0, repository: 0 }
  const seen: Set<number>[] = []
  const resolve = (
    name: 'service' | 'repository',
    scope: Map<string, number>,
    use: (id: number) => void,
  ): number => {
    const lifetime = name === 'service' ? service : repository
    const kept = lifetime === 'singleton' ? root : scope
    const known = kept.get(name)
    if (lifetime !== 'transient' && known !== undefined) {
      use(known)
      return known
    }
    const id = made++
    count[name]++
    if (lifetime !== 'transient') kept.set(name, id)
    if (name === 'service') resolve('repository', service === 'singleton' ? root : scope, use)
    use(id)
    return id
  }
  for (let request = 0; request < requests; request++) {
    const scope = new Map<string, number>()
    const here = new Set<number>()
    for (let i = 0; i < resolves; i++) resolve('service', scope, id => here.add(id))
    resolve('repository', scope, id => here.add(id))
    seen.push(here)
  }
  const earlier = new Set(seen.slice(0, -1).flatMap(it => [...it]))
  const carried = [...(seen.at(-1) ?? [])].filter(it => earlier.has(it)).length
  return { services: count.service, repositories: count.repository, carried }
}

const ADD = { singleton: 'AddSingleton', scoped: 'AddScoped', transient: 'AddTransient' } as const

const told = ({ service, repository, requests, resolves }: Scenario) =>
  `\`\`\`csharp\nservices.${ADD[service]}<OrderService>();\nservices.${ADD[repository]}<OrderRepository>();\n\nclass OrderService(OrderRepository repository) { … }\n\`\`\`\n\n` +
  `A .NET application handles ${count(requests, 'request')}, each with a scope of its own. In each request the handler resolves \`OrderService\` ${resolves === 1 ? 'once' : resolves === 2 ? 'twice' : `${num(resolves)} times`} and then \`OrderRepository\` once by itself, all from the scope of the request. Scope validation is off, so that what a singleton takes comes from the root container. Nothing else uses the two.`

/** How many there are of each, in words. */
function reason(it: Outcome, { service, repository, requests, resolves }: Scenario): string {
  const services = {
    singleton: 'once for the application',
    scoped: `once in each of ${count(requests, 'scope')}`,
    transient: `${num(requests)} × ${num(resolves)} times`,
  }
  const repositories = {
    singleton: 'once for both',
    scoped: `once in each of ${count(requests, 'scope')}${service === 'singleton' ? ', and once in the root for the singleton' : ', for both together'}`,
    transient: `for each service, and ${count(requests, 'time')} by itself`,
  }
  return `The ${service} service is made ${services[service]}: ${num(it.services)}. The ${repository} repository is made ${repositories[repository]}: ${num(it.repositories)}.`
}

export const diLifetimes = lab({
  id: 'di-lifetimes',
  title: 'Lifetimes in a container',
  summary: 'Singleton, scoped and transient: how many objects a container makes for some requests.',
  concepts: ['architecture/di-lifetimes', 'architecture/dependency-injection'],
  sources: ['dotnet-di-lifetimes', 'dotnet-di-lifetimes#scoped'],
  rule: 'A singleton is made once and keeps what it was given, a scoped object is made once in each scope, a transient one at each resolution.',
  parameters: {
    service: one('lifetime of the service', LIFETIMES),
    repository: one('lifetime of the repository that it takes', LIFETIMES),
    requests: whole('how many requests are handled', {
      unit: 'requests',
      from: 1,
      to: 100,
      drawn: [2, 3, 4, 5],
    }),
    resolves: whole('how often a request resolves the service', {
      unit: 'times',
      from: 1,
      to: 20,
      drawn: [1, 2, 3],
    }),
  },
  example: { service: 'singleton', repository: 'scoped', requests: 3, resolves: 2 },
  run: it => replay(it),
  misconceptions: {
    'scoped-is-transient': {
      belief: 'make a scoped object at each resolution',
      because: 'A scope is taken for the call that needs the object.',
      fact: 'A scope is a request here: within it all get the same scoped object.',
      run: it =>
        replay({
          ...it,
          service: changed(it.service, 'scoped', 'transient'),
          repository: changed(it.repository, 'scoped', 'transient'),
        }),
    },
    'scoped-is-singleton': {
      belief: 'make a scoped object once for the application',
      because: 'The container is one, so what it keeps seems to be one as well.',
      fact: 'Each request has a scope, and a scoped object of its own in it.',
      run: it =>
        replay({
          ...it,
          service: changed(it.service, 'scoped', 'singleton'),
          repository: changed(it.repository, 'scoped', 'singleton'),
        }),
    },
    'transient-is-scoped': {
      belief: 'make a transient object once for each request',
      because: 'Short-lived is taken for “as long as a request”.',
      fact: 'A transient object is made at each resolution, several times in one request.',
      run: it =>
        replay({
          ...it,
          service: changed(it.service, 'transient', 'scoped'),
          repository: changed(it.repository, 'transient', 'scoped'),
        }),
    },
    'inner-decides': {
      belief: 'make a singleton anew when what it holds is shorter-lived',
      because: 'The lifetimes seem to adapt to each other.',
      fact: 'A singleton is made once; what it was given then lives as long as it does.',
      run: it =>
        replay({ ...it, service: it.service === 'singleton' ? it.repository : it.service }),
    },
    'outer-decides': {
      belief: 'give the repository the lifetime of the service everywhere',
      because: 'A captive object does live as long as its holder.',
      fact: 'Only the one that the service holds does; who resolves the repository gets it by its own lifetime.',
      run: it => replay({ ...it, repository: it.service }),
    },
  },
  questions: {
    repositories: {
      kind: 'number',
      title: 'How many repositories does a container make?',
      unit: 'objects',
      prompt: it => `${told(it)}\n\nHow many \`OrderRepository\` objects are made in all?`,
      answer: it => it.repositories,
      how: (it, values) => reason(it, values),
    },
    both: {
      kind: 'choice',
      title: 'How many objects of each class does a container make?',
      prompt: it => `${told(it)}\n\nHow many objects of the two classes are made in all?`,
      answer: it =>
        `${num(it.services)} × \`OrderService\`, ${num(it.repositories)} × \`OrderRepository\``,
      how: (it, values) => reason(it, values),
    },
  },
  result: it =>
    `${count(it.services, 'service')}, ${count(it.repositories, 'repository', 'repositories')}, ${num(it.carried)} of them met again in the last request`,
  trace: (it, { service, repository }) => ({
    columns: ['class', 'lifetime', 'made'],
    rows: [
      ['OrderService', service, num(it.services)],
      ['OrderRepository', repository, num(it.repositories)],
    ],
  }),
  picture: (it, { service, repository, requests, resolves }) =>
    [
      `request 1 to ${num(requests)}, each:`,
      `  ${num(resolves)} x OrderService (${service}) -> OrderRepository (${repository})`,
      `  1 x OrderRepository (${repository})`,
      `made: ${num(it.services)} OrderService, ${num(it.repositories)} OrderRepository`,
    ].join('\n'),
})

function changed(lifetime: Lifetime, from: Lifetime, to: Lifetime): Lifetime {
  return lifetime === from ? to : lifetime
}
