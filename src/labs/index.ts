import type { Lab } from './lab.ts'

/** Every lab there is, in the order of the topics; each is loaded when it is needed. A new one is one more line. */
const LABS: Readonly<Record<string, () => Promise<Lab>>> = {
  'fixed-window': async () => (await import('./fixed-window.ts')).fixedWindow,
  'sliding-log': async () => (await import('./sliding-log.ts')).slidingLog,
  'sliding-counter': async () => (await import('./sliding-counter.ts')).slidingCounter,
  gcra: async () => (await import('./gcra.ts')).gcra,
  'token-bucket': async () => (await import('./token-bucket.ts')).tokenBucket,
  'jwt-validation': async () => (await import('./jwt-validation.ts')).jwtValidation,
  'token-rotation': async () => (await import('./token-rotation.ts')).tokenRotation,
  pkce: async () => (await import('./pkce.ts')).pkce,
  ownership: async () => (await import('./ownership.ts')).ownership,
  cors: async () => (await import('./cors.ts')).cors,
  'request-model': async () => (await import('./request-model.ts')).requestModel,
  'https-redirect': async () => (await import('./https-redirect.ts')).httpsRedirect,
  'transport-policy': async () => (await import('./transport-policy.ts')).transportPolicy,
  'cookie-samesite': async () => (await import('./cookie-samesite.ts')).cookieSameSite,
  'cache-aside': async () => (await import('./cache-aside.ts')).cacheAside,
  stampede: async () => (await import('./stampede.ts')).stampede,
  'write-policy': async () => (await import('./write-policy.ts')).writePolicy,
  'cache-race': async () => (await import('./cache-race.ts')).cacheRace,
  'http-freshness': async () => (await import('./http-freshness.ts')).httpFreshness,
  'freshness-left': async () => (await import('./freshness-left.ts')).freshnessLeft,
  'etag-validation': async () => (await import('./etag-validation.ts')).etagValidation,
  'vary-key': async () => (await import('./vary-key.ts')).varyKey,
  'cdn-hit-ratio': async () => (await import('./cdn-hit-ratio.ts')).cdnHitRatio,
  eviction: async () => (await import('./eviction.ts')).eviction,
  'injected-cache': async () => (await import('./injected-cache.ts')).injectedCache,
  'di-lifetimes': async () => (await import('./di-lifetimes.ts')).diLifetimes,
  'service-calls': async () => (await import('./service-calls.ts')).serviceCalls,
  'idempotency-key': async () => (await import('./idempotency-key.ts')).idempotencyKey,
  'idempotent-server': async () => (await import('./idempotent-server.ts')).idempotentServer,
  'idempotent-client': async () => (await import('./idempotent-client.ts')).idempotentClient,
  'fifo-deduplication': async () => (await import('./fifo-deduplication.ts')).fifoDeduplication,
  'visibility-timeout': async () => (await import('./visibility-timeout.ts')).visibilityTimeout,
  'job-lifecycle': async () => (await import('./job-lifecycle.ts')).jobLifecycle,
  'async-order': async () => (await import('./async-order.ts')).asyncOrder,
  'status-monitor': async () => (await import('./status-monitor.ts')).statusMonitor,
  outbox: async () => (await import('./outbox.ts')).outbox,
  'partition-order': async () => (await import('./partition-order.ts')).partitionOrder,
  'consumer-lag': async () => (await import('./consumer-lag.ts')).consumerLag,
  'graphql-cost': async () => (await import('./graphql-cost.ts')).graphqlCost,
  'protobuf-size': async () => (await import('./protobuf-size.ts')).protobufSize,
  'protobuf-evolution': async () => (await import('./protobuf-evolution.ts')).protobufEvolution,
  'breaking-change': async () => (await import('./breaking-change.ts')).breakingChange,
  'effective-version': async () => (await import('./effective-version.ts')).effectiveVersion,
  'deprecation-headers': async () => (await import('./deprecation-headers.ts')).deprecationHeaders,
  'upload-parts': async () => (await import('./upload-parts.ts')).uploadParts,
  'base64-size': async () => (await import('./base64-size.ts')).base64Size,
  'transfer-time': async () => (await import('./transfer-time.ts')).transferTime,
  'id-space': async () => (await import('./id-space.ts')).idSpace,
  'capacity-estimate': async () => (await import('./capacity-estimate.ts')).capacityEstimate,
  'rate-limit-headers': async () => (await import('./rate-limit-headers.ts')).rateLimitHeaders,
  'too-many-requests': async () => (await import('./too-many-requests.ts')).tooManyRequests,
  'error-budget': async () => (await import('./error-budget.ts')).errorBudget,
  percentile: async () => (await import('./percentile.ts')).percentiles,
  'log-line': async () => (await import('./log-line.ts')).logLine,
  'webhook-signature': async () => (await import('./webhook-signature.ts')).webhookSignature,
  'webhook-endpoint': async () => (await import('./webhook-endpoint.ts')).webhookEndpoint,
  'webhook-dedupe': async () => (await import('./webhook-dedupe.ts')).webhookDedupe,
  'webhook-order': async () => (await import('./webhook-order.ts')).webhookOrder,
  'refund-race': async () => (await import('./refund-race.ts')).refundRace,
  'polling-load': async () => (await import('./polling-load.ts')).pollingLoad,
  'event-stream': async () => (await import('./event-stream.ts')).eventStream,
  'crud-routes': async () => (await import('./crud-routes.ts')).crudRoutes,
  'status-for-outcome': async () => (await import('./status-for-outcome.ts')).statusForOutcome,
  'lost-update': async () => (await import('./lost-update.ts')).lostUpdate,
  'offset-page': async () => (await import('./offset-page.ts')).offsetPage,
  'cursor-drift': async () => (await import('./cursor-drift.ts')).cursorDrift,
  'keyset-ties': async () => (await import('./keyset-ties.ts')).keysetTies,
  'sparse-fields': async () => (await import('./sparse-fields.ts')).sparseFields,
  'audit-trail': async () => (await import('./audit-trail.ts')).auditTrail,
  'problem-details': async () => (await import('./problem-details.ts')).problemDetails,
  'minimum-necessary': async () => (await import('./minimum-necessary.ts')).minimumNecessary,
  'content-negotiation': async () => (await import('./content-negotiation.ts')).contentNegotiation,
  'conditional-get': async () => (await import('./conditional-get.ts')).conditionalGet,
}

/** The names of all labs. */
export const labNames: readonly string[] = Object.keys(LABS)

/** The lab of this name; undefined when there is none. */
export async function labNamed(name: string): Promise<Lab | undefined> {
  return Object.hasOwn(LABS, name) ? LABS[name]?.() : undefined
}

/** All labs by name. */
export async function allLabs(): Promise<ReadonlyMap<string, Lab>> {
  return new Map(
    await Promise.all(
      Object.entries(LABS).map(async ([name, load]) => [name, await load()] as const),
    ),
  )
}
