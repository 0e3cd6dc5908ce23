import { z } from 'zod';
import type { Api } from './api.js';

const deliveries = z.object({
  data: z.array(z.object({ id: z.string(), topic: z.string(), attempt_count: z.int() })),
});
const delivery = z.object({
  attempts: z.array(z.object({ error: z.string().nullable(), status_code: z.int().nullable() })),
});

/** Why webhooks did not arrive, as far as Muster knows: what became of the last one that waits. */
export async function diagnosis(api: Api, endpointId: string): Promise<string> {
  const { data } = await api.get(`/deliveries?state=pending&endpoint_id=${endpointId}`, deliveries);
  const [last] = data;
  if (last === undefined) return 'Muster has nothing to deliver: does its worker run?';
  if (last.attempt_count === 0)
    return `Muster has not tried to deliver ${last.topic}: does its dispatcher run?`;
  const { attempts } = await api.get(`/deliveries/${last.id}`, delivery);
  const { error = null, status_code: status = null } = attempts.at(-1) ?? {};
  if (error === 'address_denied')
    return 'Muster may not call this machine: start it with MUSTER_ALLOW_TARGETS=127.0.0.0/8';
  return `Muster has tried to deliver ${last.topic}, and got ${error ?? status}.`;
}
