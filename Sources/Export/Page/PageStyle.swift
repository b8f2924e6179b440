/// The style sheet of the page. Colours have the same hues as the terminal's themes; none carries a
/// meaning alone: weight, dashes or words say the same.
enum PageStyle {
  static let sheet = """
    :root {
      color-scheme: light dark;
      --ground: #fbfaf6; --raised: #ffffff; --ink: #1e2228; --grey: #5d6571; --line: #d9d5ca;
      --green: #2d7a37; --violet: #7a4aa8; --red: #b3362f; --gold: #8a6100; --warn: #ffe08a;
      --ins: #d9f2d6; --del: #fadcd9; --warnink: #2b2000;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ground: #16181d; --raised: #1e2128; --ink: #d7dae0; --grey: #979eab; --line: #3a404b;
        --green: #8fc874; --violet: #c8a0ea; --red: #f0817f; --gold: #e5c06b; --warn: #e5c06b;
        --ins: #22402a; --del: #4a2629; --warnink: #16181d;
      }
    }
    * { box-sizing: border-box; }
    html { background: var(--ground); color: var(--ink); -webkit-text-size-adjust: 100%; }
    body { margin: 0; font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
    main, footer { max-width: 1400px; margin: 0 auto; padding: 0 16px; }
    section, header { margin: 0 0 40px; }
    h1 { font-size: 1.9rem; line-height: 1.2; margin: 28px 0 4px; overflow-wrap: anywhere; }
    h2 { font-size: 1.25rem; margin: 0 0 10px; padding-top: 8px; border-top: 1px solid var(--line); }
    h3 { font-size: 1rem; font-weight: 600; margin: 0 0 6px; }
    h4 { font-size: .85rem; color: var(--grey); margin: 14px 0 4px; }
    p { max-width: 76ch; margin: 0 0 12px; }
    .lead { color: var(--grey); margin: 0 0 16px; }
    .small, footer { font-size: .85rem; color: var(--grey); }
    footer { padding-bottom: 32px; overflow-wrap: anywhere; }
    .simulated {
      position: sticky; top: 0; z-index: 1; margin: 0; padding: 8px 16px; max-width: none;
      background: var(--warn); color: var(--warnink); font-size: .9rem; text-align: center;
    }
    .notice { border-left: 3px solid var(--gold); padding-left: 10px; }
    .tiles { display: flex; flex-wrap: wrap; gap: 10px 28px; margin: 0; }
    .tiles div { min-width: 90px; }
    .tiles dt { font-size: .8rem; color: var(--grey); }
    .tiles dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
    .prompt, .diff, .quote {
      white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; max-width: 92ch;
    }
    .prompt {
      font: inherit; background: var(--raised); border: 1px solid var(--line); border-radius: 6px;
      border-left: 4px solid var(--green); padding: 14px 16px;
    }
    .diff { font-size: .93rem; }
    .quote { font-size: .9rem; border-left: 3px solid var(--line); padding-left: 12px; }
    ins { background: var(--ins); text-decoration: underline; text-decoration-thickness: 1px; }
    del { background: var(--del); text-decoration: line-through; }
    .gap { color: var(--grey); font-style: italic; white-space: normal; }
    .scroll { overflow-x: auto; }
    .lineage { list-style: none; margin: 0; padding: 0 0 0 18px; border-left: 4px solid var(--green); }
    .lineage li { margin: 0 0 26px; }
    .where { color: var(--grey); font-weight: 400; font-variant-numeric: tabular-nums; }
    h3 .where { display: block; font-size: .85rem; }
    .score { color: var(--green); white-space: nowrap; font-variant-numeric: tabular-nums; }
    details { margin: 8px 0 0; }
    summary { cursor: pointer; font-size: .88rem; color: var(--grey); }
    details.level { margin: 0; padding: 5px 0; border-bottom: 1px solid var(--line); }
    details.level[open] { padding-bottom: 16px; }
    details.level summary { display: flex; align-items: center; gap: 4px 14px; }
    details.level summary::before { content: "+"; width: 1ch; color: var(--grey); }
    details.level[open] summary::before { content: "−"; }
    details.level summary .where { min-width: 4.4em; }
    details.level summary svg { flex: none; }
    @media (max-width: 599px) {
      details.level summary { flex-wrap: wrap; }
      details.level summary .aspects { flex-basis: 100%; padding-left: calc(1ch + 14px); }
    }
    .judgement dt { font-size: .9rem; margin-top: 6px; }
    .judgement dd { margin: 0; font-size: .9rem; color: var(--grey); max-width: 92ch; }
    table { border-collapse: collapse; font-size: .88rem; font-variant-numeric: tabular-nums; }
    th, td { text-align: left; padding: 4px 16px 4px 0; border-bottom: 1px solid var(--line);
      vertical-align: top; }
    thead th { color: var(--grey); font-weight: 400; white-space: nowrap; }
    .scores td, .scores th { white-space: nowrap; }
    .mark.m1, .mark.m2 { color: var(--red); }
    .mark.m5 { color: var(--green); font-weight: 600; }
    tr.chosen th, tr.chosen td { border-bottom: 2px solid var(--green); font-weight: 600; }
    .settings { display: grid; grid-template-columns: max-content 1fr; gap: 4px 20px; margin: 0;
      font-size: .9rem; }
    .settings dt { color: var(--grey); }
    .settings dd { margin: 0; overflow-wrap: anywhere; }
    .key { white-space: nowrap; margin-right: 14px; font-size: .85rem; color: var(--grey); }
    svg { vertical-align: middle; }
    svg text { font: 10.5px system-ui, sans-serif; text-anchor: middle; fill: var(--ink); }
    svg .level, svg .reward { fill: var(--grey); font-size: 9.5px; }
    svg .reward { paint-order: stroke; stroke: var(--ground); stroke-width: 3px; }
    .tree { display: block; max-width: 100%; height: auto; }
    .tree.wide { display: none; }
    .tree.tall { margin: 0 auto; max-width: none; }
    @media (min-width: 900px) {
      main, footer { padding: 0 32px; }
      .tree.wide { display: block; }
      .tree.tall { display: none; }
    }
    .branch { fill: none; stroke: var(--line); stroke-width: 1.2; }
    .branch.kept { stroke: var(--grey); stroke-width: 2.4; }
    .branch.chosen { stroke: var(--green); stroke-width: 4.5; }
    .branch.pruned { stroke: var(--violet); stroke-dasharray: 2 4; }
    .node circle { fill: var(--ground); stroke: var(--line); stroke-width: 1.4; }
    .node.dropped text { fill: var(--grey); }
    .node.kept circle { stroke: var(--grey); stroke-width: 2.4; }
    .node.chosen circle { fill: var(--green); stroke: var(--green); stroke-width: 2.4; }
    .node.chosen text { fill: var(--ground); font-weight: 700; }
    .node.chosen .reward { fill: var(--green); }
    .node.pruned circle { stroke: var(--violet); stroke-dasharray: 2 3; }
    .node.broken circle { stroke-dasharray: 4 2; stroke: var(--gold); }
    .strip .axis { stroke: var(--line); stroke-width: 1; fill: none; }
    .strip .dot { fill: var(--ground); stroke: var(--grey); stroke-width: 1.6; }
    .strip .dot.chosen { fill: var(--green); stroke: var(--green); }
    @media print {
      .simulated { position: static; }
      .scroll { overflow: visible; }
    }

    """
}
