import { expect, it } from 'vitest'
import { renderJson } from '../../src/render/json.ts'
import { stableJson, stableJsonParts } from '../../src/render/stable-json.ts'
import { buildChange, buildPlan } from '../support/plan-builder.ts'

it('prints the plan flat, keys in a fixed order, ended by a line end', () => {
  const change = buildChange(
    'orgs/acme/permissions',
    { b: 1, a: ['x'] },
    { b: 2, a: ['x'] },
    {
      source: { file: 'octoform.yaml', line: 1, col: 2 },
      reason: 'b differs',
    },
  )
  expect(renderJson(buildPlan([change], { requests: 1 }))).toMatchInlineSnapshot(`
    "{
      "format_version": "1.0",
      "host": "api.github.com",
      "complete": true,
      "digest": "d1ge57",
      "changes": [
        {
          "address": "orgs/acme/permissions",
          "action": "update",
          "before": {
            "a": [
              "x"
            ],
            "b": 1
          },
          "after": {
            "a": [
              "x"
            ],
            "b": 2
          },
          "patch": [
            {
              "op": "replace",
              "path": "/b",
              "value": 2
            }
          ],
          "access": {
            "gains": [],
            "loses": []
          },
          "consequences": [],
          "notes": [],
          "owner_id": 1,
          "reason": "b differs",
          "repository_id": null,
          "source": {
            "col": 2,
            "file": "octoform.yaml",
            "line": 1
          },
          "value": null,
          "widens": []
        }
      ],
      "diagnostics": [],
      "flags": {
        "owner": [],
        "rotate": [],
        "target": []
      },
      "held_back": [],
      "left_alone": [],
      "left_out": [],
      "not_read": [],
      "requests": 1,
      "secrets": {
        "keyed": true,
        "not_compared": [],
        "unknown": []
      },
      "tripped": [],
      "values_needed": []
    }
    "
  `)
})

it('folds and shortens nothing', () => {
  const names = Array.from({ length: 100 }, (_, index) => `r${index}`)
  const plan = buildPlan(names.map((name) => buildChange(`repos/acme/${name}/permissions`, { l: [] }, { l: names })))
  expect(JSON.parse(renderJson(plan))).toEqual(plan)
})

const LISTED = {
  changes: [{ after: { b: 1, a: ['x\n"y"', []] }, address: 'z' }, {}],
  counts: { add: 1 },
  address: 'a',
  reach: undefined,
  deep: { list: [1] },
}

it.each([LISTED, { changes: [], counts: { add: 1 } }, {}, [1, { b: 2, a: 1 }], { list: [undefined, null, 1] }])(
  'data as JSON comes in parts, none larger than an entry of a list: %j',
  (value) => {
    const parts = [...stableJsonParts(value)]
    expect(parts.join('')).toBe(stableJson(value))
    if (value === LISTED) expect(parts.filter((part) => part.includes('z') || part.includes('{}'))).toHaveLength(2)
    expect(JSON.parse(parts.join(''))).toEqual(JSON.parse(JSON.stringify(value)))
    expect(parts.join('')).toBe(`${JSON.stringify(JSON.parse(parts.join('')), undefined, 2)}\n`)
  },
)
