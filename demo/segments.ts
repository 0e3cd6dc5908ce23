/** The rules of the story: what each is called, what it says in plain words, and the filter that says it to Muster. */
export const segments = {
  trying: {
    name: 'Trying it out',
    says: 'on the free plan, and signed up less than 14 days ago',
    filter: {
      operator: 'AND',
      value: [
        { field: 'custom_attributes.plan', operator: '=', value: 'free' },
        { field: 'signed_up_at', operator: 'less_than_ago', value: 14, unit: 'days' },
      ],
    },
  },
  buyers: {
    name: 'Buyers',
    says: 'purchased at least twice',
    filter: { event: 'purchased', measure: 'count', operator: '>=', value: 2 },
  },
  active: {
    name: 'Active right now',
    says: 'last seen less than 1 minute ago',
    filter: { field: 'last_seen_at', operator: 'less_than_ago', value: 1, unit: 'minutes' },
  },
};
