package view

import (
	"fmt"
	"strings"
)

// grid is which part of a matrix is in sight, and where.
type grid struct {
	rect
	name, cell int // Widths.
	row, col   int // The first in sight.
	cols       int // How many columns are.
	gaps       bool
}

// matrixGrid paints the heads and the rows that fit.
func (c *canvas) matrixGrid(r rect, m *Matrix) {
	if r.h <= matrixHeads || len(m.Rows) == 0 {
		return
	}
	g := c.gridOf(r, m)
	c.matrixHeads(g, m)
	for i := g.row; i < len(m.Rows) && i-g.row < g.h-matrixHeads; i++ {
		c.matrixRow(g, m, i)
	}
}

// gridOf lays the matrix out around the chosen cell.
func (c *canvas) gridOf(r rect, m *Matrix) grid {
	n := 0
	for _, g := range m.Groups {
		n += len(g.IDs)
	}
	g := grid{rect: r, name: leastName, cols: n}
	for _, row := range m.Rows {
		g.name = max(g.name, min(c.width(row.Name)+1, widestName))
	}
	room := r.w - 1 - g.name
	g.gaps = room >= 2*n+len(m.Groups)-1
	if g.gaps {
		room -= len(m.Groups) - 1
	}
	g.cell = min(max(room/max(n, 1), 2), cellInFull)
	if g.cell == 5 {
		g.cell = cellWithSize
	}
	g.cols = min(n, room/g.cell)
	g.col = window(m.Column, n, g.cols)
	g.row = window(m.Row, len(m.Rows), r.h-matrixHeads)
	return g
}

// x is where a column begins; group counts from 0.
func (g grid) x(column, group int) int {
	x := g.rect.x + 1 + g.name + (column-g.col)*g.cell
	if g.gaps {
		x += group
	}
	return x
}

// sees reports whether a column is in sight.
func (g grid) sees(column int) bool { return column >= g.col && column < g.col+g.cols }

// each calls do with every column in sight: its place, its group and where it
// begins.
func (g grid) each(m *Matrix, do func(column, group int, id string, x int)) {
	column := 0
	for i, group := range m.Groups {
		for _, id := range group.IDs {
			if g.sees(column) {
				do(column, i, id, g.x(column, i))
			}
			column++
		}
	}
}

// matrixHeads paints the groups and, below them, the ids: where the columns are
// narrow, their numbers only.
func (c *canvas) matrixHeads(g grid, m *Matrix) {
	begun := -1
	g.each(m, func(column, group int, id string, x int) {
		if group != begun {
			begun = group
			c.put(x, g.y, c.groupWidth(g, m, group), m.Groups[group].Title, c.st.dim)
		}
		if g.cell <= c.width(id) {
			id = strings.TrimLeft(id, "VWD")
		}
		look := c.st.dim
		if column == m.Column {
			look = c.st.strong
		}
		c.put(x, g.y+1, g.cell, id, look)
	})
}

// groupWidth is how many cells of a group are in sight, less one.
func (c *canvas) groupWidth(g grid, m *Matrix, group int) int {
	n := 0
	g.each(m, func(_, at int, _ string, _ int) {
		if at == group {
			n++
		}
	})
	return max(n*g.cell-1, 0)
}

// matrixRow paints one strategy.
func (c *canvas) matrixRow(g grid, m *Matrix, i int) {
	row, y := m.Rows[i], g.y+matrixHeads+i-g.row
	c.zone(rect{g.rect.x, y, g.w, 1}, Target{Part: PartCell, Index: i * maxColumns, Key: "row"})
	look := c.st.text
	switch {
	case i == m.Row:
		look = c.st.strong
		c.put(g.rect.x, y, 1, "▸", c.st.strong)
	case row.Busy:
		look = c.st.ahead
	}
	c.put(g.rect.x+1, y, g.name-1, row.Name, look)
	g.each(m, func(column, _ int, _ string, x int) {
		if column >= len(row.Cells) {
			return
		}
		cell := row.Cells[column]
		look := c.st.sign(cell.Sign)
		if i == m.Row && column == m.Column {
			look = look.with(reverse)
		}
		c.zone(rect{x, y, g.cell, 1}, Target{Part: PartCell, Index: i*maxColumns + column})
		c.put(x, y, g.cell, c.cellText(cell, g.cell), look)
	})
}

// cellText writes a cell in as many as n cells, one of them left blank.
func (c *canvas) cellText(m MatrixCell, n int) string {
	text := c.theme.Sign(m.Sign)
	if m.Steps == 0 || n < cellWithSize {
		return text
	}
	if n >= cellInFull {
		return fmt.Sprintf("%s%d/%d", text, m.Steps, m.Faults)
	}
	return fmt.Sprintf("%s%d", text, m.Steps)
}
