package matrix

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"optimist/client/story"
	"optimist/shared/exit"
	"optimist/shared/scenario"
)

// Every link leads to a film: to its file, or to its place in the document.
func TestMarkdownLinks(t *testing.T) {
	for _, films := range []string{"", "some/films"} {
		var b strings.Builder
		m := mustSample(t)
		if err := Markdown(&b, m, Options{Each: true, Symbols: Unicode}, films); err != nil {
			t.Fatal(err)
		}
		if films != "" {
			mustMatch(t, "matrix.md", b.String())
		}
		places := map[string]bool{}
		for _, h := range regexp.MustCompile(`(?m)^#### (.*)$`).FindAllStringSubmatch(b.String(), -1) {
			places["#"+h[1]] = true
		}
		for _, f := range Films(Sheets(m, Under(m))) {
			places[filepath.ToSlash(FilmPath(films, f.Name))] = films != ""
		}
		links := regexp.MustCompile(`\[[✗\\][^\]]*\]\(([^)]*)\)`).FindAllStringSubmatch(b.String(), -1)
		if len(links) < len(sampleFindings) {
			t.Errorf("%d links", len(links))
		}
		for _, l := range links {
			if !places[l[1]] {
				t.Errorf("%s leads nowhere", l[1])
			}
		}
	}
}

// The page holds every film with its diagram, each link leads to one, and it
// loads nothing and runs nothing.
func TestPage(t *testing.T) {
	var b strings.Builder
	if err := HTML(t.Context(), &b, mustSample(t)); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, link := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if !strings.Contains(page, `id="`+link[1]+`"`) {
			t.Errorf("#%s leads nowhere", link[1])
		}
	}
	films := strings.Count(page, "<article")
	if films == 0 || strings.Count(page, "<svg") != films {
		t.Errorf("%d films, %d diagrams", films, strings.Count(page, "<svg"))
	}
	for _, never := range []string{"<script", "src=", "http:", "@import", "url("} {
		if strings.Contains(strings.ReplaceAll(page, `xmlns="http://www.w3.org/2000/svg"`, ""), never) {
			t.Errorf("the page has %q", never)
		}
	}
	for _, want := range []string{`<td class="defect"><a href="#a-check-projection-spurious-rejection"`, "✗ 4/0", `<td class="cut">–</td>`, "alice&#39;s edit"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// A film is written under a name that says what it is, two of one name apart.
func TestFilmsAreWritten(t *testing.T) {
	m := mustSample(t)
	dir := filepath.Join(t.TempDir(), "new")
	films := Films(Sheets(m, Under(m)))
	if err := Write(dir, films); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.scenario"))
	if err != nil || len(files) != len(films) || len(films) != 8 {
		t.Errorf("%d files of %d films, %v", len(files), len(films), err)
	}
	for i := range m.Cells {
		if c := &m.Cells[i]; c.Scope == "a/1" && c.ID == "V1" && c.Film != "" {
			c.Film += "\n# Another.\n"
		}
	}
	if again := Films(Sheets(m, Under(m))); len(again) != 9 {
		t.Errorf("%d films, want one more", len(again))
	}
	if got := Name("dir/my.scenario/1", "reconcile validate=projection", "zombie"); got != "my-reconcile-validate-projection-zombie" {
		t.Errorf("name %q", got)
	}
}

// mustHold runs a film, and fails unless it shows what it says.
func mustHold(tb testing.TB, name string, text []byte) {
	tb.Helper()
	s, err := scenario.Parse(name, text)
	if err != nil {
		tb.Fatal(err)
	}
	o := story.Job{Script: s, Under: s.Strategy}.Run(tb.Context(), story.Simulated)
	if o.Err != nil || o.Code() != exit.True {
		tb.Errorf("%s does not hold: %v %s", name, o.Err, o.Trouble())
	}
	if string(scenario.Format(s)) != string(text) {
		tb.Errorf("%s is not in its one form", name)
	}
}
