import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { secretText, signedHeaders } from '../src/webhook-signature.ts'

test('signedHeaders() signs the example of the specification', async () => {
  const headers = await signedHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    time: 1_614_265_330_000,
    body: '{"test": 2432232314}',
  })

  expect(headers).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

test('what signedHeaders() signs is verified by the library of Standard Webhooks, changed it is not', async () => {
  const secret = secretText(new Uint8Array(32).fill(7))
  const body = '{"type":"alert.test","data":{"text":"ü – €"}}'
  const headers = await signedHeaders(secret, { id: 'a', time: Date.now(), body })

  expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'alert.test' })
  expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow(/signature/)
})
