package strategy

import "strings"

// account is what a person needs to know to choose a preset.
type account struct {
	explain string // What it does, what a person sees, when to choose it.
	price   string // A sentence.
}

// Explain returns a paragraph: what s does, what a person sees, when to choose
// it. Of a free combination it says what was chosen otherwise.
func (s Strategy) Explain() string {
	i := s.base()
	var b strings.Builder
	b.WriteString(accounts[presets[i].Name].explain)
	first := " Chosen otherwise here: "
	for axis := range axes {
		at := s.at(axis)
		if at == presets[i].at(axis) {
			continue
		}
		v := axes[axis].Values[at]
		b.WriteString(first + choice{axis, at}.String() + ". " + v.Help)
		first = " And "
	}
	if twin := s.twin(); first == " And " && twin >= 0 {
		b.WriteString(" These are the choices of " + presets[twin].Name + ".")
	}
	return b.String()
}

// Price returns in a sentence what s costs. That of a free combination is made
// of what each of its choices costs.
func (s Strategy) Price() string {
	if i := s.twin(); i >= 0 {
		return accounts[presets[i].Name].price
	}
	var prices []string
	for axis := range axes {
		if price := axes[axis].Values[s.at(axis)].Price; price != "" {
			prices = append(prices, price)
		}
	}
	text := strings.Join(prices, "; ")
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// twin returns the place of the preset with the choices of s, or -1.
func (s Strategy) twin() int {
	for i := range presets {
		same := true
		for axis := range axes {
			same = same && s.at(axis) == presets[i].at(axis)
		}
		if same {
			return i
		}
	}
	return -1
}
