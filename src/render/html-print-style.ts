/**
 * How a page is printed: nothing folded, nothing scrolled, no colour needed. Tables of access, which have forty columns at
 * most, lie across the sheet.
 */
export const PRINT_STYLE = `
@page { margin: 12mm; } @page across { size: landscape; margin: 10mm; }
@media print {
  body { background: #fff; font-size: 13px; } header, main { max-width: none; padding: 0; } header { padding-top: 0; }
  nav, .tools, .turn, #filter :is(label, button) { display: none; }
  .tools:has(.only:checked) { display: block; } .tools:has(.only:checked) > :not(:first-child) { display: none; }
  #filter { position: static; margin: 1rem 0 0; padding: 0; border: 0; } #filter output { margin: 0; }
  details::details-content { content-visibility: visible; }
  summary { list-style: none; color: inherit; } h2, .head, .legend { break-after: avoid; }
  .change, .note { break-inside: avoid; } .many .change { content-visibility: visible; contain-intrinsic-size: none; }
  .matrix { page: across; padding: 0; border: 0; }
  .scroll { overflow: visible; max-height: none; width: auto; border: 0; }
  .matrix :is(thead, tbody) th, .matrix .family code, .matrix thead .corner { position: static; }
  .matrix table { font-size: 11px; } .matrix tr { break-inside: avoid; } .matrix td { min-width: 15px; } .matrix .total { padding: 0 .3rem; }
  .matrix thead .col span { max-height: none; overflow: visible; }
  .matrix tbody th[scope=row] { white-space: normal; padding: 0 .4rem; } .matrix tbody th[scope=row] code { max-width: 12rem; overflow-wrap: anywhere; }
}
`
