import { describe, expect, it } from 'vitest'
import { drawFlow } from '../../src/flow/draw.ts'
import { stepCoverage } from '../../src/flow/step-coverage.ts'
import { mustLoad, sampleFiles } from './sample-flows.ts'

const flows = mustLoad()

describe('drawFlow', () => {
  it('draws each kind of step in a shape of its own', () => {
    const drawing = drawFlow(flows.flows.get('bansos')!)
    expect(drawing).toContain('flowchart TD')
    expect(drawing).toContain('s_bansos__birth_date[/"Tanggal lahir Bapak/Ibu? Contoh: 17-08-…"/]')
    expect(drawing).toContain('s_bansos__check[["check_assistance"]]')
    expect(drawing).toContain('s_bansos__not_found["Data belum ditemukan."]')
    expect(drawing).toContain('s_bansos__anything_else{"Ada lagi?"}')
    expect(drawing).toContain('s_bansos__locked>"dinsos/bansos"]')
    expect(drawing).toContain('s_bansos__end(["Terima kasih. Ketik menu kapan saja."])')
    expect(drawing).toContain('s_menu__what(("menu/what"))')
    expect(drawing).toContain('s_bansos__check -->|"not_found"| s_bansos__not_found')
  })

  it('escapes what Mermaid would read as its own', () => {
    const files = sampleFiles().map((file) =>
      file.path === 'flows/bansos.yaml'
        ? { ...file, text: file.text.replace('Ada lagi?', `'Ada "lagi" <b>?'`) }
        : file,
    )
    expect(drawFlow(mustLoad(files).flows.get('bansos')!)).toContain('{"Ada &quot;lagi&quot; &lt;b&gt;?"}')
  })
})

describe('stepCoverage', () => {
  it('lists the steps that nobody visited', () => {
    const all = [...flows.steps.keys()]
    expect(stepCoverage(flows, all)).toEqual([])
    expect(stepCoverage(flows, all.slice(2))).toEqual(all.slice(0, 2))
  })
})
