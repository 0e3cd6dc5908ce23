const ACTIVITY = {
  user_id: 'somebody',
  created_at: 1,
  platform: 'ios',
  app_name: 'Example',
  companies: ['acme', { company_id: 'umbrella', size: 1 }],
  custom_attributes: { plan: 'free' },
};

const CALLS = {
  batch: [
    { type: 'track', userId: 'somebody', event: 'Bought', messageId: 'fresh', properties: { sum: 3 } },
    { type: 'identify', userId: 'somebody', traits: { plan: 'free' }, context: { ip: '203.0.113.7' } },
  ],
};

/**
 * A body that each route takes, by method and path. `fresh` becomes a name that nothing has yet, `{contact}` and its
 * like the id of something that is there.
 */
export const SAMPLES: Readonly<Record<string, object>> = {
  'post /contacts': {
    role: 'user',
    external_id: 'fresh',
    email: 'fresh@example.com',
    avatar: { type: 'avatar', image_url: 'https://example.com/a.png' },
    custom_attributes: { plan: 'free' },
  },
  'post /contacts/upsert': { external_id: 'fresh', last_seen_at: 1, custom_attributes: { plan: 'free' } },
  'put /contacts/{id}': { name: 'Ada', custom_attributes: { plan: 'free' } },
  'post /contacts/merge': { from: '{lead}', into: '{contact}' },
  'post /contacts/search': {
    query: {
      operator: 'AND',
      value: [
        { field: 'name', operator: '=', value: 'Ada' },
        { field: 'last_seen_at', operator: 'more_than_ago', value: 30, unit: 'days' },
        { event: 'bought', measure: 'count', operator: '>=', value: 5 },
      ],
    },
    sort: { field: 'name', order: 'ascending' },
    pagination: { per_page: 5 },
  },
  'post /contacts/{contact_id}/companies': { id: '{company}' },
  'post /contacts/{contact_id}/tags': { id: '{tag}' },
  'post /contacts/{contact_id}/notes': { body: 'Called', admin_id: '{admin}' },
  'post /contacts/{contact_id}/subscriptions': { id: '{subscription}', consent_type: 'opt_in' },
  'post /user_delete_requests': { intercom_user_id: '{erased}' },
  'put /visitors': { id: '{visitor}', name: 'Somebody', custom_attributes: { plan: 'free' } },
  'post /visitors/convert': { type: 'lead', user: { id: '{known}' }, visitor: { id: '{passerby}' } },
  'post /users': {
    user_id: 'fresh',
    last_request_at: 1,
    custom_data: { plan: 'free' },
    companies: [{ company_id: 'acme', size: 1, custom_attributes: { seats: 5 }, remove: false }],
  },
  'post /data_attributes': {
    name: 'fresh',
    model: 'contact',
    data_type: 'options',
    options: [{ value: 'a' }, { value: 'b' }],
  },
  'put /data_attributes/{id}': { options: [{ value: 'a' }, { value: 'b' }] },
  'put /workspace': { time_zone: 'UTC', unknown_attributes: 'create' },
  'post /companies': { company_id: 'fresh', monthly_spend: 1.5, custom_attributes: { seats: 5 } },
  'put /companies/{id}': { name: 'Acme', custom_attributes: { seats: 5 } },
  'post /companies/search': {
    query: { operator: 'OR', value: [{ field: 'user_count', operator: '>', value: 5 }] },
    sort: { field: 'user_count', order: 'descending' },
    pagination: { per_page: 5 },
  },
  'post /tags': { name: 'fresh', users: [{ id: '{contact}' }] },
  'post /subscription_types': { name: 'fresh', consent_type: 'opt_out', content_types: ['email'] },
  'put /subscription_types/{id}': { name: 'fresh' },
  'post /events': { user_id: 'somebody', event_name: 'bought', created_at: 1, metadata: { sum: 3 } },
  'post /events/summaries': {
    user_id: 'somebody',
    event_summaries: { event_name: 'bought', count: 1, first: 1, last: 2 },
  },
  'post /events/bulk': {
    events: [{ user_id: 'somebody', event_name: 'bought', created_at: 1, metadata: { sum: 3 } }],
  },
  'post /ping': { user_id: 'somebody', platform: 'web', created_at: 1 },
  'post /segments': {
    name: 'fresh',
    person_type: 'user',
    filter: {
      operator: 'OR',
      value: [
        { field: 'name', operator: 'IN', value: ['Ada'] },
        {
          event: 'bought',
          measure: 'count',
          operator: '>=',
          value: 5,
        },
      ],
    },
  },
  'put /segments/{id}': { filter: { field: 'name', operator: '=', value: 'Ada' } },
  'post /endpoints': { url: 'https://example.com/hook', topics: ['segment.*'], description: 'fresh' },
  'put /endpoints/{id}': { url: 'https://example.com/hook', topics: ['segment.*'], state: 'enabled' },
  'post /export/content/data': { created_at_after: 1, created_at_before: 2 },
  'post /activities': ACTIVITY,
  'post /activities/bulk': { activities: [ACTIVITY] },
  'post /v1/batch': CALLS,
  'post /v1/import': CALLS,
  'post /v1/b': CALLS,
  'post /write_keys': { name: 'fresh' },
  'post /identity_secrets': { name: 'fresh' },
  'post /messenger/{app_id}/signals': {
    sent_at: 2,
    signals: [
      {
        id: 'fresh',
        at: 1,
        visitor_id: '8f3c1d1e-9a55-4a53-8b53-1d2f0d1b2c3d',
        data: { user_id: 'somebody', plan: 'pro' },
        page: { url: 'https://shop.example/?utm_source=news', referrer: 'https://search.example/' },
        language: 'en-IE',
        timezone: 'Europe/Dublin',
      },
    ],
  },
};
