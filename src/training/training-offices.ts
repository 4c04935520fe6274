/** The offices that give courses, by their codes, as residents read them. */
export type Offices = ReadonlyMap<string, { readonly title: string }>
