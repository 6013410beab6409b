import { expect, test } from 'vitest'
import { crudRoutes } from '../../src/labs/crud-routes.ts'

const OPERATIONS = ['list', 'read', 'create', 'put-new', 'replace', 'change', 'delete'] as const

/**
 * The registry of methods (RFC 9110 §16.1.1, RFC 5789 §5) has a column for idempotent, and RFC 9110 §9.3 and §15.3 say which code
 * a success has. Written down by hand.
 */
test.for<[operation: string, content: boolean, told: string]>([
  ['list', true, 'GET /orders 200 repeat'],
  ['read', false, 'GET /orders/7 200 repeat'],
  ['create', false, 'POST /orders 201 Location'],
  ['create', true, 'POST /orders 201 Location'],
  ['put-new', false, 'PUT /orders/42 201 repeat'],
  ['replace', true, 'PUT /orders/7 200 repeat'],
  ['replace', false, 'PUT /orders/7 204 repeat'],
  ['change', true, 'PATCH /orders/7 200'],
  ['change', false, 'PATCH /orders/7 204'],
  ['delete', true, 'DELETE /orders/7 200 repeat'],
  ['delete', false, 'DELETE /orders/7 204 repeat'],
])('%s (content: %o) is %s', ([operation, content, told]) => {
  const [it] = crudRoutes.run({ resource: 'orders', operations: [operation], content })
    .outcome as Record<'method' | 'path' | 'code' | 'location' | 'repeatable', string>[]
  const words = [it!.method, it!.path, it!.code]
  if (it!.location === '/orders/8') words.push('Location')
  if (it!.repeatable) words.push('repeat')
  expect(words.join(' ')).toBe(told)
})

/** What each belief says of all seven operations, without content. */
test.for<[misconception: string, result: string]>([
  [
    'always-200',
    'GET 200, GET 200, POST 200, PUT 200, PUT 200, PATCH 200, DELETE 200; 5 requests may be repeated',
  ],
  [
    'code-by-method',
    'GET 200, GET 200, POST 201, PUT 200, PUT 200, PATCH 200, DELETE 204; 5 requests may be repeated',
  ],
  [
    'put-for-parts',
    'GET 200, GET 200, POST 201, PUT 201, PUT 204, PUT 204, DELETE 204; 6 requests may be repeated',
  ],
  [
    'delete-once',
    'GET 200, GET 200, POST 201, PUT 201, PUT 204, PATCH 204, DELETE 204; 4 requests may be repeated',
  ],
])('%s says %s', ([misconception, result]) => {
  const { supposed } = crudRoutes.run({
    resource: 'orders',
    operations: OPERATIONS,
    content: false,
  })
  expect(supposed.find(it => it.misconception === misconception)?.result).toBe(result)
})
