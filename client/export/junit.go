package export

import (
	"encoding/xml"
	"fmt"
	"io"

	"optimist/shared/anomaly"
	"optimist/shared/trace"
)

// Suite is a JUnit test suite, in the form that CI systems read
// (https://github.com/testmoapp/junitxml).
type Suite struct {
	XMLName  xml.Name `xml:"testsuite"`
	Name     string   `xml:"name,attr"`
	Tests    int      `xml:"tests,attr"`
	Failures int      `xml:"failures,attr"`
	Errors   int      `xml:"errors,attr"`
	Cases    []Case   `xml:"testcase"`
}

// Case is one test of a Suite. With neither Failure nor Error it passed.
type Case struct {
	Class   string   `xml:"classname,attr"`
	Name    string   `xml:"name,attr"`
	File    string   `xml:"file,attr,omitempty"`
	Line    int      `xml:"line,attr,omitempty"`
	Failure *Trouble `xml:"failure"`
	Error   *Trouble `xml:"error"` // It could not be told.
}

// Trouble says what was wrong with a Case.
type Trouble struct {
	Message string `xml:"message,attr"`
	Kind    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// Add adds a case and counts it.
func (s *Suite) Add(c Case) {
	s.Tests++
	if c.Failure != nil {
		s.Failures++
	}
	if c.Error != nil {
		s.Errors++
	}
	s.Cases = append(s.Cases, c)
}

// WriteSuites writes a JUnit report.
func WriteSuites(w io.Writer, suites []Suite) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	report := struct {
		XMLName xml.Name `xml:"testsuites"`
		Suites  []Suite
	}{Suites: suites}
	if err := enc.Encode(report); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// JUnit writes one case for each intent; it fails with the anomalies that it
// met. What is a strategy's printed price is no failure.
func JUnit(w io.Writer, run Run) error {
	s := Suite{Name: run.Trace.Title + " (" + run.Trace.Strategy + ")"}
	for i := range run.Trace.Events {
		ev := &run.Trace.Events[i]
		if ev.Kind != trace.Acted {
			continue
		}
		c := Case{Class: ev.Client, Name: fmt.Sprintf("%s %s %s", ev.Intent, ev.Op, ev.Record), Line: ev.Line}
		c.Failure = trouble(run.Findings, func(f anomaly.Finding) bool { return f.Intent == ev.Intent })
		s.Add(c)
	}
	stores := Case{Class: "stores", Name: "log, rows and screens agree"}
	stores.Failure = trouble(run.Findings, func(f anomaly.Finding) bool { return f.Intent == "" })
	s.Add(stores)
	return WriteSuites(w, []Suite{s})
}

// trouble gathers the findings that concern a case, or returns nil.
func trouble(findings []anomaly.Finding, concerns func(anomaly.Finding) bool) *Trouble {
	var t *Trouble
	for _, f := range findings {
		if f.Price || !concerns(f) {
			continue
		}
		if t == nil {
			t = &Trouble{Message: f.Why, Kind: f.Name}
		}
		t.Text += fmt.Sprintf("%s %s: %s\n", f.ID, f.Name, f.Why)
	}
	return t
}
