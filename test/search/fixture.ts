import { normalise } from '../../src/nearest.ts'
import { formsOf, type Names } from '../../src/search/names.ts'
import type { Entry } from '../../src/search.ts'

/** A small bank: concepts as `ref | title | aliases | gist | body`. */
const concepts = `
status-codes/400 | 400 Bad Request | bad request, malformed request | The request cannot be understood. | Broken syntax, an unreadable body.
status-codes/401 | 401 Unauthorized | unauthorized, unauthenticated | Who are you? Credentials are missing or not valid. | Sends WWW-Authenticate with a challenge.
status-codes/403 | 403 Forbidden | forbidden | We know who you are, and you may not. | Logging in again changes nothing.
status-codes/404 | 404 Not Found | not found | There is nothing here that we will show you. | May hide that a resource exists.
status-codes/409 | 409 Conflict | conflict | The request clashes with the present state. | Duplicate create, an edit of an older version.
status-codes/410 | 410 Gone | gone | It was here and will not come back. | Stronger than not found; deleted for good.
status-codes/422 | 422 Unprocessable Content | unprocessable content, unprocessable entity | Understood, but the values make no sense. | Validation of fields failed.
status-codes/429 | 429 Too Many Requests | too many requests, rate limited | Slow down. | A rate limit was hit; Retry-After says how long to wait.
status-codes/500 | 500 Internal Server Error | internal server error | The server failed, and not because of you. | A bug, an unhandled exception.
status-codes/503 | 503 Service Unavailable | service unavailable | Not now: overloaded or under maintenance. | Retry later.
status-codes/302 | 302 Found | found, moved temporarily | Look over there for now. | A temporary redirect.
status-codes/retry-after | Retry-After | retry after | How long to wait before asking again. | A number of seconds or a date.
caching/cache-control | Cache-Control | cache control | The header that says who may store what for how long. | Directives, separated by commas.
caching/no-cache | no-cache | revalidate always | Store it, but ask the origin before every reuse. | It does not forbid storing.
caching/no-store | no-store | never store | Keep no copy. | For bank statements and other private pages.
caching/etag | ETag | entity tag | A name for this version of the representation. | Compared by If-None-Match; answers 304.
caching/last-modified | Last-Modified | last modified | When the representation last changed. | Compared by If-Modified-Since; one second apart at best.
caching/max-age | max-age | max age | For how many seconds a copy is fresh. | Counted from when the origin made the response.
caching/s-maxage | s-maxage | shared max age | max-age for shared caches only. | A CDN obeys it.
caching/strong-weak-validators | Strong and weak validators | weak etag, strong etag | Byte for byte, or good enough. | W/ marks a weak one.
caching/cache-stampede | Cache stampede | thundering herd, dogpile | Many callers recompute one expired key at once. | Lock, refresh early, or serve stale.
caching/cache-aside | Cache-aside | lazy loading | The application reads the cache, then the database. | The application fills it after a miss.
caching/stale-reads | Stale reads | stale data | The cache returns what the source no longer says. | A write did not invalidate the copy.
caching/hot-key | Hot key | hot keys | One key gets most of the traffic. | Copy it, or keep it in the process.
auth/jwt | JSON Web Token | jwt, json web tokens | Claims that carry their own signature. | Header, payload and signature, joined by dots.
auth/session | Session | server side session, session cookie | The server remembers; the browser holds a reference. | Can be ended at once.
auth/pkce | PKCE | proof key for code exchange | Proves that who redeems the code is who asked for it. | A verifier and its hash, the challenge.
auth/authentication | Authentication | authn | Who are you? | Passwords, passkeys, certificates.
auth/authorization | Authorization | authz | What may you do? | Roles, attributes, relations.
auth/rbac | RBAC | role based access control | Permissions come with roles. | Roles explode when they encode tenants.
auth/abac | ABAC | attribute based access control | A rule over attributes decides. | Department, time of day, owner.
auth/bola | Broken object level authorization | bola, idor | The endpoint checks who you are but not whose object it is. | Changing the id in the address shows another customer.
cap/cap | CAP | cap theorem, brewers theorem | During a partition, consistency or availability. | Only while the network is split.
cap/split-brain | Split brain | two leaders | Two nodes both act as the leader. | A quorum and fencing tokens prevent harm.
cap/fencing-token | Fencing token | fencing | A number that only grows, so that an old leader is refused. | Survives a long pause of garbage collection.
cap/read-your-writes | Read your writes | read your own writes | You see what you just wrote. | Pin a user to the primary for a while.
resilience/circuit-breaker | Circuit breaker | breaker | Stop calling what keeps failing, and try again later. | Closed, open, half-open.
resilience/liveness-probe | Liveness probe | liveness check | Restart me if this fails. | Must not ask other services.
resilience/readiness-probe | Readiness probe | readiness check | Send me no traffic while this fails. | Takes the pod out of the service.
resilience/littles-law | Little's law | little's law | In flight = arrival rate times time in the system. | 100 a second for 0.2 s is 20 at once.
resilience/jitter | Jitter | random delay | Spread retries so that clients do not come back together. | Random waits.
`

const questions: readonly Entry[] = [
  question(
    'caching/pension-page',
    'Which directive keeps a pension statement out of every store?',
    ['caching/no-store'],
  ),
  question('resilience/who-restarts', 'Who restarts a deadlocked container?', [
    'resilience/liveness-probe',
    'resilience/readiness-probe',
  ]),
]

export const entries: readonly Entry[] = [
  topic('status-codes', 'HTTP status codes', ['status codes']),
  topic('caching', 'Caching', ['cache', 'http caching']),
  topic('auth', 'Authentication and authorization', ['auth']),
  topic('cap', 'CAP and consistency', ['cap']),
  topic('resilience', 'Resilience', ['reliability']),
  ...concepts.trim().split('\n').map(concept),
  ...questions,
]

/** Every name of topics and concepts → what it names, as the bank's compiler makes it. */
export function namesOf(entries: readonly Entry[]): Called {
  const names = new Called()
  for (const { ref, type, title, aliases } of entries) {
    if (type === 'question') continue
    for (const key of new Set([ref.split('/').at(-1)!, title, ...aliases].map(normalise))) {
      names.set(key, [...(names.get(key) ?? []), ref])
    }
  }
  return names
}

function topic(ref: string, title: string, aliases: readonly string[]): Entry {
  return { ref, type: 'topic', title, aliases, gist: '', body: '', concepts: [] }
}

function concept(line: string): Entry {
  const [ref, title, aliases, gist, body] = line.split('|').map(it => it.trim())
  return {
    ref: ref!,
    type: 'concept',
    title: title!,
    aliases: aliases!.split(', '),
    gist: gist!,
    body: body!,
    concepts: [],
  }
}

function question(ref: string, title: string, concepts: readonly string[]): Entry {
  return { ref, type: 'question', title, aliases: [], gist: '', body: title, concepts }
}

/** Names as a bank gives them, from what each name names. */
export class Called extends Map<string, string[]> implements Names {
  #forms: Map<string, string[]> | undefined

  alike(form: string): string[] | undefined {
    if (this.#forms === undefined) {
      this.#forms = new Map()
      for (const [name, refs] of this) {
        for (const it of formsOf(name)) {
          this.#forms.set(it, [...(this.#forms.get(it) ?? []), ...refs])
        }
      }
    }
    return this.#forms.get(form)
  }
}
