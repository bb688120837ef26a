package sim_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unsafe"
)

// fields is which fields of a thing its form tells. A field is known by the way
// to it, in which the things of one list are one.
type fields struct {
	untold map[string]string // Those that it leaves out, with all below them, and why.
	told   map[string]bool   // Those that were met: whether it told one.
}

func newFields(untold map[string]string) *fields {
	return &fields{untold: untold, told: map[string]bool{}}
}

// meet has run show states until nothing of a thing of type t is missed.
func (f *fields) meet(tb testing.TB, t reflect.Type, run func(text string, seed uint64)) {
	tb.Helper()
	const enough = 200 // Seeds.
	missed := []string{"everything"}
	for seed := uint64(0); seed < enough && len(missed) > 0; seed++ {
		for _, text := range []string{"reserve", "wait", "outbox", "read-log", "fire-and-forget", "hold"} {
			run(text, seed)
		}
		missed = f.missed(t)
	}
	for _, way := range missed {
		tb.Error(way)
	}
}

// tell changes what the thing holds, one field after the other, and notes which of
// them its form tells.
func (f *fields) tell(tb testing.TB, thing any, form func() []byte) {
	tb.Helper()
	was := made(form)
	f.leaves(reflect.ValueOf(thing), "", func(way string, v reflect.Value) {
		if !v.IsValid() || f.told[way] {
			f.told[way] = f.told[way] || false
			return
		}
		restore := change(tb, way, v)
		f.told[way] = !bytes.Equal(made(form), was)
		restore()
	})
}

// missed lists what is not told and not listed either, and what was not met, of a
// thing of type t.
func (f *fields) missed(t reflect.Type) (missed []string) {
	for way, yes := range f.told {
		if !yes && f.untold[way] == "" {
			missed = append(missed, way+": not told, and no reason given")
		}
	}
	known := map[string]bool{}
	f.ways(t, "", known)
	for way := range known {
		if _, met := f.told[way]; !met {
			missed = append(missed, way+": never met")
		}
	}
	for way := range f.untold {
		if _, met := f.told[way]; !met && !known[way] {
			missed = append(missed, way+": listed, and nowhere")
		}
	}
	slices.Sort(missed)
	return missed
}

// leaves calls visit with everything in v that has no parts, by the way to it,
// and without a value with what is left out.
func (f *fields) leaves(v reflect.Value, way string, visit func(way string, v reflect.Value)) {
	if f.untold[way] != "" {
		visit(way, reflect.Value{})
		return
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			f.leaves(v.Elem(), way, visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			part := v.Field(i)
			part = reflect.NewAt(part.Type(), unsafe.Pointer(part.UnsafeAddr())).Elem() // As if it were exported.
			f.leaves(part, further(way, v.Type().Field(i)), visit)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			f.leaves(v.Index(i), way, visit)
		}
	default:
		visit(way, v)
	}
}

// ways notes the ways that leaves may go from a thing of type t, as far as types
// tell.
func (f *fields) ways(t reflect.Type, way string, known map[string]bool) {
	switch {
	case f.untold[way] != "":
		known[way] = true
	case t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Array:
		f.ways(t.Elem(), way, known)
	case t.Kind() == reflect.Struct:
		for i := range t.NumField() {
			f.ways(t.Field(i).Type, further(way, t.Field(i)), known)
		}
	case t.Kind() != reflect.Interface:
		known[way] = true
	}
}

// further is the way to a field of what is at way.
func further(way string, field reflect.StructField) string {
	return strings.TrimPrefix(way+"."+field.Name, ".")
}

// change gives v another value, and returns what gives it the old one back.
func change(tb testing.TB, way string, v reflect.Value) (restore func()) {
	tb.Helper()
	old := reflect.New(v.Type()).Elem()
	old.Set(v)
	switch {
	case v.Kind() == reflect.String:
		v.SetString(v.String() + "x")
	case v.Kind() == reflect.Bool:
		v.SetBool(!v.Bool())
	case v.CanInt():
		v.SetInt(v.Int() + 1)
	case v.CanUint():
		v.SetUint(v.Uint() + 1)
	case v.CanFloat():
		v.SetFloat(v.Float() + 1)
	default:
		tb.Fatalf("%s is a %v: nothing is known of it", way, v.Type())
	}
	return func() { v.Set(old) }
}

// made returns what form makes, also of a thing that is nonsense now: that shows.
func made(form func() []byte) (b []byte) {
	defer func() {
		if why := recover(); why != nil {
			b = fmt.Append(nil, why)
		}
	}()
	return form()
}
