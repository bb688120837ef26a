package sqlite
import ("testing";"context";"path/filepath";"fmt";"time";"sort"
"optimist/shared/event";"optimist/shared/user";"optimist/shared/projection")
func TestP50(t *testing.T){
 db,err:=Open(context.Background(), filepath.Join(t.TempDir(),"x"), Normal); if err!=nil{t.Fatal(err)}
 defer db.Close()
 ctx:=context.Background()
 tx,_:=db.Begin(); tx.TakeOver(Checkpoint{Stream:"s",Build:1,Epoch:1}); tx.Commit()
 seq:=uint64(1)
 names:=[]string{"begin","savepoint","apply","release","cp","commit","total"}
 ds:=make([][]time.Duration,7)
 for i:=0;i<8000;i++{
  var ts [7]time.Time
  ts[0]=time.Now(); tx,_:=db.Begin(); ts[1]=time.Now(); tx.Savepoint(); ts[2]=time.Now()
  seq++
  ev:=event.Event{Kind:event.Created,Seq:seq,Ref:user.Ref{Client:"client",Command:fmt.Sprintf("0190-cmd-%012d",seq)},Record:fmt.Sprintf("0190-rec-%012d",seq),Op:user.Create,Patch:user.SetBoth("Ada Lovelace",fmt.Sprintf("ada%d@example.org",seq))}
  projection.Apply(tx,ev,nil,""); ts[3]=time.Now(); tx.Release(); ts[4]=time.Now()
  tx.SetCheckpoint(Checkpoint{Stream:"s",Build:1,Seq:seq,EventID:"c/1"}); ts[5]=time.Now(); tx.Commit(); ts[6]=time.Now()
  for k:=0;k<6;k++{ ds[k]=append(ds[k],ts[k+1].Sub(ts[k])) }; ds[6]=append(ds[6],ts[6].Sub(ts[0]))
 }
 for k,n:=range names{ d:=ds[k]; sort.Slice(d,func(a,b int)bool{return d[a]<d[b]}); fmt.Println(n,"p50",d[len(d)/2],"p99",d[len(d)*99/100]) }
 db.conn.ExecContext(ctx,"CREATE TABLE bare(id TEXT PRIMARY KEY, name TEXT, email TEXT, version INTEGER)")
 db.conn.ExecContext(ctx,"CREATE TABLE cp(id INTEGER PRIMARY KEY, seq INTEGER)")
 ins,_:=db.conn.PrepareContext(ctx,"INSERT INTO bare VALUES(?,?,?,?) ON CONFLICT(id) DO UPDATE SET name=excluded.name")
 cp,_:=db.conn.PrepareContext(ctx,"INSERT INTO cp VALUES(1,?) ON CONFLICT(id) DO UPDATE SET seq=excluded.seq")
 var d []time.Duration
 for i:=0;i<8000;i++{ s:=time.Now(); db.tx.begin.exec(); ins.Exec(fmt.Sprintf("0190-rec-%012d",i),"Ada Lovelace",fmt.Sprintf("ada%d@example.org",i),1); cp.Exec(i); db.tx.commit.exec(); d=append(d,time.Since(s))}
 sort.Slice(d,func(a,b int)bool{return d[a]<d[b]}); fmt.Println("bare p50",d[len(d)/2],"p99",d[len(d)*99/100])
}
