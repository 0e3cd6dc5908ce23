/** What a newcomer sees first: where Muster is, and three requests that work when pasted. */
export interface Welcome {
  readonly address: string;
  readonly appId: string;
  readonly token: string;
  /** The external id of the contact in the requests: another at every start, so that creating it works again. */
  readonly externalId: string;
}

export function welcome({ address, appId, token, externalId }: Welcome): string {
  const headers = `-H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json'`;
  const contact = JSON.stringify({ role: 'user', external_id: externalId, name: 'Ada' });
  return `
Muster is ready.

  API     ${address}  (its documentation: ${address}/docs)
  App id  ${appId}
  Token   ${token}

Create a contact, send an event, read the contact back:

curl ${address}/contacts ${headers} -d '${contact}'
curl ${address}/events ${headers} -d '{"event_name":"signed-in","user_id":"${externalId}","created_at":'$(date +%s)'}'
curl ${address}/contacts/find_by_external_id/${externalId} ${headers}

Ctrl-C stops it.
`;
}
