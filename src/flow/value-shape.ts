import { z } from 'zod'
import type { StepFile } from './flow-file.ts'

/** What may be in a value, as far as it is known. `types` are JSON types; empty means anything. */
export interface Shape {
  readonly types: ReadonlySet<string>
  /** The fields of each row, for a list whose rows are known. */
  readonly fields?: ReadonlySet<string> | undefined
}

/** A value of which nothing is known. */
export const anyShape: Shape = { types: new Set() }

const jsonSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  get anyOf() {
    return z.array(jsonSchema).optional()
  },
  items: z.looseObject({ properties: z.record(z.string(), z.unknown()).optional() }).optional(),
})

type JsonSchema = z.infer<typeof jsonSchema>

/** The shapes of the keys of an object schema: what goes in for inputs, what comes out for outcomes. */
export function shapesOf(object: z.ZodObject, io: 'input' | 'output'): ReadonlyMap<string, KeyShape> {
  const json = z.toJSONSchema(object, { io, unrepresentable: 'any' })
  const required = new Set(json.required ?? [])
  return new Map(
    Object.entries(json.properties ?? {}).map(([key, property]) => {
      const read = jsonSchema.safeParse(property)
      const shape = read.success ? shapeOf(read.data) : anyShape
      return [key, { ...shape, required: required.has(key) }]
    }),
  )
}

/** The shape of one key, and whether it is always there. */
export interface KeyShape extends Shape {
  readonly required: boolean
}

function shapeOf(json: JsonSchema): Shape {
  if (json.anyOf !== undefined) return unite(json.anyOf.map(shapeOf))
  const properties = json.items?.properties
  return {
    types: new Set(typeNames(json)),
    fields: properties === undefined ? undefined : new Set(Object.keys(properties)),
  }
}

function typeNames(json: JsonSchema): readonly string[] {
  const named = json.type === undefined ? literals(json).map(typeOf) : [json.type].flat()
  return named.map((type) => (type === 'integer' ? 'number' : type))
}

function literals(json: JsonSchema): readonly unknown[] {
  return json.enum ?? (json.const === undefined ? [] : [json.const])
}

/** The JSON type of a value. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/** What may be in a value that is one of several: anything, if one of them may be anything. */
export function unite(shapes: readonly Shape[]): Shape {
  if (shapes.some(({ types }) => types.size === 0)) return anyShape
  const fields = shapes.flatMap((shape) => (shape.fields === undefined ? [] : [shape.fields]))
  return {
    types: new Set(shapes.flatMap(({ types }) => [...types])),
    // A field may be named in a text only when every list has it.
    fields: fields.length === 0 ? undefined : inAll(fields),
  }
}

function inAll(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first = new Set(), ...others] = sets
  return new Set([...first].filter((field) => others.every((other) => other.has(field))))
}

type Ask = Extract<StepFile, { kind: 'ask' }>

/** The shape of what an `ask` saves. */
export function askShape(step: Ask): Shape {
  const type =
    step.as === 'number' || step.as === 'price' ? 'number' : step.as === 'yes_no' ? 'boolean' : 'string'
  return { types: new Set(step.optional ? [type, 'null'] : [type]) }
}

/** Whether a value of one shape may stand where another is wanted, as far as both are known. */
export function fits(given: Shape, wanted: Shape): boolean {
  if (given.types.size === 0 || wanted.types.size === 0) return true
  return [...given.types].every((type) => wanted.types.has(type))
}

/** A shape in words, for a problem. */
export function describeShape({ types }: Shape): string {
  return types.size === 0 ? 'anything' : [...types].sort().join(' or ')
}
