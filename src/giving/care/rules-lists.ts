/** The lists of the page of care, in the order of its tabs. */
export const CARE_LISTS = ['late', 'risk', 'thanks', 'birthdays', 'silent'] as const
export type CareList = (typeof CARE_LISTS)[number]
