import { parse } from 'yaml'
import { z } from 'zod'

/** Reads a file of words, such as `laman.yaml` of `flows/content`; throws one Error with every wrong place in it. */
export function readWords<Shape extends z.ZodType>(shape: Shape, name: string, yaml: string): z.infer<Shape> {
  const read = shape.safeParse(parse(yaml))
  if (!read.success) throw new Error(`flows/content/${name}:\n${z.prettifyError(read.error)}`)
  return read.data
}
