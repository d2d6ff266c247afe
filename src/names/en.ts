import type { Names } from '../name.ts'

/** English, in which KPIs are declared. */
export const en: Names = {
  language: 'en',
  families: {
    surveys: 'What customers say',
    marketing: 'Marketing',
    sales: 'Sales',
    revenue: 'Revenue',
    value: 'What a customer is worth',
    customers: 'Customers',
    recurring: 'Recurring revenue',
    support: 'Support',
    team: 'Team',
    quality: 'Quality of the data',
  },
  kpis: {},
}
